export { CostPanel } from './cost-panel.tsx';
export { KeptFigures } from './kept-figures.tsx';
export { PageHead, PageProof, useTitle } from './page-head.tsx';
export { QueryFailure } from './query-failure.tsx';
export { perCallOf } from './per-call.ts';
export { Statement } from './statement.tsx';
