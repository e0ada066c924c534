import type { EventKind, JsonValue, Usage } from '@llmobserve/protocol';
import type { HeaderReader, WireRequest } from '../wire/index.ts';
import type { Path, Quantity } from './read-quantities.ts';

/** What a provider's bytes say about one call. Undefined is unknown. */
export type Reading = {
  readonly model?: string | undefined;
  readonly responseId?: string | undefined;
  /** As reported by the provider, in disjoint quantities. */
  readonly usage?: Usage | undefined;
  /** As far as it was reported before a stream broke off. */
  readonly usageSoFar?: Usage | undefined;
  /** The usage was worked out from a part. */
  readonly isEstimated?: boolean;
  readonly serviceTier?: string | undefined;
  readonly reportedCostUsd?: string | undefined;
  /** An error that came with a 2xx answer, as it does inside a stream. */
  readonly errorCode?: string | undefined;
  /** `unfinished`: the work goes on at the provider, and the answer that ends it is the one that counts. */
  readonly progress?: 'unfinished' | 'cancelled' | undefined;
  /** The work does not end with this connection and can be asked for again. */
  readonly isBackground?: boolean | undefined;
  /** Where the results of a batch can be asked for, which tell its usage when nothing else does. */
  readonly resultsId?: string | undefined;
  /** Where the provider did the work. */
  readonly region?: string | undefined;
  /** What prices ask beside the quantities, such as an image's size. */
  readonly attributes?: Attributes | undefined;
};

export type Attributes = { readonly [key: string]: JsonValue };

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
  /** Reads one member of a JSON body, or one field of a form. */
  member(name: string): unknown;
};

/** What one exchange showed, for whatever no table can tell. */
export type Seen = {
  readonly request: RequestView;
  /** Of the answer. */
  readonly header: HeaderReader;
  /** The answer's text, whole or as far as its beginning was kept, and its end; both are the same when it is whole. */
  readonly head: string;
  readonly tail: string;
  readonly isWhole: boolean;
  /** How much of the answer these are, from 0 to 1. */
  readonly keptShare: number;
};

/** How a family of providers answers, as data. */
export type Reader = {
  /** Members of a JSON answer that are looked at; the rest is skipped unparsed. */
  readonly members: readonly string[];
  /** Headers of an answer that are read as if they were its members. */
  readonly heads: readonly string[];
  /** Members of an event whose own members count as the answer's. */
  readonly wrappers: readonly string[];
  /** Where each thing stands: the first path that leads somewhere counts. */
  readonly at: Readonly<Record<'usage' | 'model' | 'id' | 'tier' | 'region', readonly Path[]>>;
  readonly quantities: readonly Quantity[];
  /** What an event of a stream holds that is worth parsing at its end. */
  readonly telling: RegExp;
  /** What the last events of a stream hold once its usage is the whole; absent where usage comes only then. */
  readonly final: RegExp | undefined;
};

/** One kind of call. */
export type Route = {
  readonly kind: EventKind;
  readonly operation: string;
  /** Members whose texts are output: they tell when the first token came and how much there was. */
  readonly outputMembers?: readonly string[];
  /** The request asks a model to read something: the input of an estimate. */
  readonly hasPrompt?: boolean;
  /** The answer comes in pieces whatever its content type says. */
  readonly isStream?: boolean;
  /** Where the answer has another form than the provider's others. */
  readonly reader?: Reader;
  /** Sets of members of a request's body that make it unmistakable at a host nobody named: `a|b,c` is a, or b and c. */
  readonly confirm?: string;
  /** What the answer must hold besides, where others take requests of the same form. */
  readonly answerMark?: RegExp;
  /** Works out the units where the provider tells none. */
  readonly estimate?: (request: RequestView, seen: Seen | undefined) => Usage | undefined;
  /** Adds to what the answer's members told, once the call went well. */
  readonly complete?: ((reading: Reading, seen: Seen) => Reading) | undefined;
  /** The provider charges nothing, so a missing usage is no gap. */
  readonly isFree?: boolean;
  /** The request only asks again for an answer; it counts if that answer ends work begun elsewhere. */
  readonly isRetrieval?: boolean;
  /** What it asks for is the file of a batch's results, or any other. */
  readonly isResults?: boolean;
};

/** Which call a request is. */
export type Operation = Route & {
  readonly provider: string;
  readonly reader: Reader;
  /** The model when the path names it. */
  readonly pathModel?: string | undefined;
  /** The id of what is asked for when the path names it. */
  readonly pathId?: string | undefined;
  /** Where the request goes, when its host or path says so. */
  readonly region?: string | undefined;
  readonly attributes?: Attributes;
};

/** One provider, or a family that speaks alike. */
export type Provider = {
  /** Finds the call at a host known to be this provider's. `kind` is the provider's name in events. */
  findOperation(request: WireRequest, kind: string): Operation | undefined;
  /** Finds the call at a host nobody named, by its path and headers alone. */
  guessOperation(request: WireRequest): Operation | undefined;
};
