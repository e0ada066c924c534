import type { EventKind, JsonRecord, JsonValue, Usage } from '@llmobserve/protocol';
import type { WireRequest } from '../wire/index.ts';

/** What a provider's bytes say about one call. Absent is unknown. */
export type Reading = {
  readonly model?: string;
  readonly responseId?: string;
  /** As reported by the provider, in disjoint quantities. */
  readonly usage?: Usage;
  readonly serviceTier?: string;
  readonly reportedCostUsd?: string;
  /** An error that came with a 2xx answer, as it does inside a stream. */
  readonly errorCode?: string;
  /** `unfinished`: the work goes on at the provider, and the answer that ends it is the one that counts. */
  readonly progress?: 'unfinished' | 'cancelled';
  /** The work does not end with this connection and can be asked for again. */
  readonly isBackground?: boolean;
  /** Units worked out from the request where the provider tells none. */
  readonly estimate?: Usage;
};

/** The first and the last few events of a stream: those that lie whole in its ends. */
export type StreamView = {
  readonly first: readonly string[];
  readonly last: readonly string[];
  /** The last bytes as text, for a last event too long to be kept whole. */
  readonly tail: string;
};

/** A request's body as far as it was kept. */
export type RequestView = {
  readonly text: string;
  readonly isWhole: boolean;
  readonly totalBytes: number;
};

/** Texts that cost tokens, and the tokens that the form around them costs. */
export type Prompt = { readonly texts: readonly string[]; readonly extraTokens: number };

/** How one kind of call is read. Pure: bytes in, numbers out. */
export type Reader = {
  /** Members of the JSON answer that `readAnswer` asks for. */
  readonly members: readonly string[];
  readAnswer(answer: JsonRecord, request: RequestView): Reading;
  readStream?(stream: StreamView): Reading;
  /** Members whose texts are output: they tell when the first token came and how much there was. */
  readonly outputMembers?: readonly string[];
  /** What the request asks a model to read; the input of an estimate. */
  readPrompt?(request: JsonRecord): Prompt;
  /** True when a request to a host nobody named is unmistakably this kind of call. */
  isUnmistakable(request: RequestView): boolean;
};

/** Which call a request is. */
export type Operation = {
  readonly provider: string;
  readonly kind: EventKind;
  readonly operation: string;
  readonly reader: Reader;
  /** The model when the path names it. */
  readonly pathModel?: string;
  readonly attributes?: { readonly [key: string]: JsonValue };
  /** The provider charges nothing, so a missing usage is no gap. */
  readonly isFree?: boolean;
  /** The request only asks again for an answer; it counts if that answer ends work begun elsewhere. */
  readonly isRetrieval?: boolean;
};

/** One provider, or a family that speaks alike. */
export type Provider = {
  /** Finds the call at a host known to be this provider's. `kind` is the provider's name in events. */
  findOperation(request: WireRequest, kind: string): Operation | undefined;
  /** Finds the call at a host nobody named, by its path and headers alone. */
  guessOperation(request: WireRequest): Operation | undefined;
};
