export { CostPanel } from './cost-panel.tsx';
export { PageHead, PageProof, useTitle } from './page-head.tsx';
export { QueryFailure } from './query-failure.tsx';
export { perCallOf, Statement } from './statement.tsx';
