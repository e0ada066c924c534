import { findLastText, readFormField, readMembers, type RequestView } from '../providers/index.ts';
import type { ByteWindow } from '../wire/index.ts';

/** Most clients write the model first; then nothing else needs to be looked at. */
const MODEL_FIRST = /^\s*\{\s*"model"\s*:\s*"([^"\\]+)"/;
const FIRST_BYTES = 256;

/** Looks at a request's body as far as it was kept; its text is made only when somebody asks. */
export function viewRequest(sent: ByteWindow): RequestView & { readonly model: string | undefined } {
  return new SentBody(sent);
}

class SentBody implements RequestView {
  readonly isWhole: boolean;
  readonly totalBytes: number;
  readonly #sent: ByteWindow;
  #text: string | undefined;

  constructor(sent: ByteWindow) {
    this.isWhole = sent.isWhole;
    this.totalBytes = sent.totalBytes;
    this.#sent = sent;
  }

  get text(): string {
    this.#text ??= (this.isWhole ? this.#sent.joined() : this.#sent.head()).toString('utf8');
    return this.#text;
  }

  get model(): string | undefined {
    const first = MODEL_FIRST.exec(this.#sent.head().toString('utf8', 0, FIRST_BYTES))?.[1];
    if (first !== undefined) return first;
    const model = this.member('model');
    return typeof model === 'string' && model !== '' ? model : undefined;
  }

  member(name: string): unknown {
    const tail = (): string => this.#sent.tail().toString('utf8');
    if (this.text.startsWith('--')) return readFormField(this.text, name) ?? (this.isWhole ? undefined : readFormField(tail(), name));
    return readMembers(this.text, [name])[name] ?? (this.isWhole ? undefined : findLastText(tail(), name));
  }
}
