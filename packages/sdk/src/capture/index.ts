export { startCapture } from './start-capture.ts';
export type { Capture, CaptureDeps } from './start-capture.ts';
export type { CapturedCall } from './captured-call.ts';
export type { CallContent, FitContent } from './read-content.ts';
export type { FindTokenizer, Tokenizer } from './count-tokens.ts';
