/** Finds a header by its lower-case name. */
export type HeaderReader = (name: string) => string | undefined;

/** The head of one HTTP request as it goes onto the wire. */
export type WireRequest = {
  /** Upper-case. */
  readonly method: string;
  /** Lower-case `host` or `host:port`; the scheme's own port is left out, as in `URL.host`. */
  readonly host: string;
  /** Without the query. */
  readonly path: string;
  readonly header: HeaderReader;
};

/** `cancelled`: the app walked away. `failed`: the connection did. */
export type ExchangeEnd =
  | { readonly how: 'complete' }
  | { readonly how: 'cancelled' }
  | { readonly how: 'failed'; readonly code: string; readonly wasSent: boolean };

/** Told what passes in one exchange. None of its methods may throw: taps call them inside the app's own requests. */
export type ExchangeWatcher = {
  sent(chunk: Uint8Array): void;
  answered(status: number, header: HeaderReader): void;
  received(chunk: Uint8Array): void;
  ended(end: ExchangeEnd): void;
};

export type WireDeps<Context> = {
  /** What belongs to the running async context; carried beside the request, never looked into. */
  readonly currentContext: () => Context;
  /** Decides at the head of a request whether it is watched; must not throw. */
  readonly watch: (request: WireRequest, context: Context) => ExchangeWatcher | undefined;
  /** What to add to the `baggage` header of a request that is not watched; absent where no service is to be told anything. */
  readonly baggageFor?: ((request: WireRequest, context: Context) => string | undefined) | undefined;
  readonly diagnostics: { warnOnce(cause: string, message: string): void; count(cause: string): void };
};

/** A place on the wire that is being watched. */
export type Tap = { stop(): void };
