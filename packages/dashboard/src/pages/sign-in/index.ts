export { Gate } from './gate.tsx';
export { askBackTo } from './safe-next.ts';
