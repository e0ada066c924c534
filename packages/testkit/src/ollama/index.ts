export { startFakeOllama } from './start-fake-ollama.ts';
