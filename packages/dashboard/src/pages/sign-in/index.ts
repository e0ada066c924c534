export { Gate } from './gate.tsx';
