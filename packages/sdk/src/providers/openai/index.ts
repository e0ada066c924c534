export { openAi } from './match-open-ai.ts';
