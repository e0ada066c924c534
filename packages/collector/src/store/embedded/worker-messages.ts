/** What the collector sends to the thread of the embedded database. */
export type ToWorker =
  /** A new connection begins: what an older one left undone is rolled back. */
  | { readonly kind: 'reset' }
  /** Whole messages of the PostgreSQL protocol. */
  | { readonly kind: 'bytes'; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly kind: 'close' };

/** What the thread answers. */
export type FromWorker =
  | { readonly kind: 'open' }
  | { readonly kind: 'bytes'; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly kind: 'failure'; readonly message: string };
