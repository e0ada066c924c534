export { describeRate } from './describe-rate.ts';
export { Frame } from './frame.tsx';
export { useTick } from './use-tick.ts';
