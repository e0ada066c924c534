import type { Quirk } from '@llmobserve/testkit';
import type { SentCostEvent, Usage } from '@llmobserve/protocol';

/** The event that a case has to leave; members left out stand for what is usual. */
export type ExpectedEvent = {
  /** Whom it is for; absent: a customer that is called as the case is. */
  readonly customer?: string;
  /** Exact quantities; `estimated` and `some` hold no more than that there are some. */
  readonly usage?: Usage | 'estimated' | 'some' | 'none' | undefined;
} & { readonly [member in Checked]?: SentCostEvent[member] | undefined };

/** Members of an event that a case may pin down; undefined pins down nothing. */
type Checked =
  | 'provider'
  | 'kind'
  | 'operation'
  | 'model'
  | 'requestedModel'
  | 'status'
  | 'attempts'
  | 'streamed'
  | 'serviceTier'
  | 'usageQuality'
  | 'reportedCostUsd';

/** One thing an app does, and what has to be counted for it. */
export type Case = {
  /** Row of the table. */
  readonly kind: string;
  readonly use: (clients: unknown, tools: unknown) => unknown;
  readonly events: readonly ExpectedEvent[];
  /** What the provider does with the requests of this case, in their order. */
  readonly bends?: readonly Quirk[];
  /** What a client must be able to do for the case to make sense. */
  readonly needs?: readonly string[];
  /** True where requests run side by side, so that their order means nothing. */
  readonly isConcurrent?: boolean;
  /** True where the app gets an error, with us and without. */
  readonly throws?: boolean;
  /** True where the case ends its process in a manner of its own. */
  readonly isAlone?: boolean;
  /** True for the few cases that are tried in every load order. */
  readonly isBrief?: boolean;
};

/** The cases of one client library: a module of `cases/`, which imports no client itself so that a program can load it as it likes. */
export type Family = {
  /** Packages that a program loads and hands to `connect`. */
  readonly modules: readonly string[];
  /** Which fakes are started. */
  readonly providers: readonly string[];
  /** Fakes whose hosts the app names to the SDK, because their requests look like another provider's. */
  readonly named?: readonly string[];
  readonly usual: ExpectedEvent;
  readonly cases: Readonly<Record<string, Case>>;
};
