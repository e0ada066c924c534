export { createRequestKeeper } from './create-request-keeper.ts';
export { withFlush } from './with-flush.ts';
