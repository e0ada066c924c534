export { installTaps } from './install-taps.ts';
export { installFetchTaps } from './install-fetch-taps.ts';
export { observeClient } from './observe-client.ts';
export type { Taps } from './install-taps.ts';
export type { FetchCall } from './watch-fetch.ts';
export type { ExchangeEnd, ExchangeWatcher, HeaderReader, Tap, WireDeps, WireRequest } from './exchange.ts';
export { ByteWindow } from './byte-window.ts';
export { decodeBody, isEncoded } from './decode-body.ts';
export { readSse } from './read-sse.ts';
