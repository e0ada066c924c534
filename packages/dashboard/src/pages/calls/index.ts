export { callReasons, liveRow, mergeCalls, pricedRow } from './call-row.ts';
export type { CallRow } from './call-row.ts';
export { CallsTable } from './calls-table.tsx';
