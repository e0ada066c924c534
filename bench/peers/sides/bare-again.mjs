export { start } from './bare.mjs';
