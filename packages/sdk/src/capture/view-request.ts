import { readMembers, type RequestView } from '../providers/index.ts';
import type { ByteWindow } from '../wire/index.ts';

/** Most clients write the model first; then nothing else needs to be looked at. */
const MODEL_FIRST = /^\s*\{\s*"model"\s*:\s*"([^"\\]+)"/;
const FIRST_BYTES = 256;
const MODEL_AT_END = /"model"\s*:\s*"([^"\\]+)"/g;

/** Looks at a request's body as far as it was kept; its text is made only when somebody asks. */
export function viewRequest(sent: ByteWindow): RequestView & { readonly model: string | undefined } {
  let text: string | undefined;
  return {
    isWhole: sent.isWhole,
    totalBytes: sent.totalBytes,
    get text() {
      text ??= (sent.isWhole ? sent.joined() : sent.head()).toString('utf8');
      return text;
    },
    get model() {
      const first = MODEL_FIRST.exec(sent.head().toString('utf8', 0, FIRST_BYTES))?.[1];
      if (first !== undefined) return first;
      const { model } = readMembers(this.text, ['model']);
      if (typeof model === 'string' && model !== '') return model;
      return sent.isWhole ? undefined : [...sent.tail().toString('utf8').matchAll(MODEL_AT_END)].at(-1)?.[1];
    },
  };
}
