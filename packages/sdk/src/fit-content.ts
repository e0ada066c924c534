import type { JsonValue } from '@llmobserve/protocol';
import type { CallContent, FitContent } from './capture/index.ts';

/** What was asked and what was answered, in words. */
export type Content = { readonly input?: string | undefined; readonly output?: string | undefined };

/** Gives what may be kept of a call's content; `undefined` keeps nothing. */
export type Redact = (content: Content) => Content | undefined;

export type ContentGateDeps = {
  readonly settings: () => { readonly captureContent: boolean; readonly redact: Redact | undefined };
  readonly fault: Fault;
};

type Fault = (cause: string, message: string) => void;

/** Of each side, as JSON: both together stay well below the 64 kB that an event's attributes may have. */
const MAX_SIDE_BYTES = 16_384;

/** Asks the settings of the moment whether content is kept; where it is, gives the way it takes. */
export function createContentGate({ settings, fault }: ContentGateDeps): () => FitContent | undefined {
  const fit: FitContent = (said) => fitContent(said, settings().redact, fault);
  return () => (settings().captureContent ? fit : undefined);
}

/** Lets the app's own hook see what was said, then cuts it; where the hook fails nothing is kept. */
export function fitContent({ isTruncated, ...said }: CallContent, redact: Redact | undefined, fault: Fault): JsonValue | undefined {
  try {
    const kept = redact ? redact(said) : said;
    if (kept instanceof Promise) {
      kept.catch(() => undefined);
      throw new TypeError('it must give the content itself, not a promise of it');
    }
    const [input, output] = [cut(kept?.input), cut(kept?.output)];
    return {
      ...(input && { input: input.text }),
      ...(output && { output: output.text }),
      isTruncated: isTruncated || input?.isCut === true || output?.isCut === true,
      isRedacted: redact !== undefined,
    };
  } catch (error) {
    fault('redact', `redact() failed, so the content of a call was not kept: ${String(error)}`);
    return undefined;
  }
}

function cut(given: string | undefined): { readonly text: string; readonly isCut: boolean } | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== 'string') throw new TypeError('input and output must be texts');
  let text = given;
  for (let bytes = sizeOf(text); bytes > MAX_SIDE_BYTES; bytes = sizeOf(text)) {
    text = text.slice(0, Math.floor((text.length * MAX_SIDE_BYTES) / bytes));
  }
  return text === given ? { text, isCut: false } : { text: text.toWellFormed(), isCut: true };
}

function sizeOf(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}
