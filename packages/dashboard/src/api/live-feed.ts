import { isJsonRecord } from '@llmobserve/protocol';
import type { LiveEvent } from '@llmobserve/protocol';

export type LiveState = 'connecting' | 'open' | 'closed';

/** What the feed knows at one moment; a new object whenever something changed. */
export type LiveSnapshot = {
  readonly state: LiveState;
  readonly listeningSinceMs: number | undefined;
  /** Newest first, bounded. */
  readonly events: readonly LiveEvent[];
  /** When each call of the last minute arrived. */
  readonly arrivalsMs: readonly number[];
  readonly received: number;
};

export type LiveSource = { close(): void };

export type LiveFeedDeps = {
  /** Opens the stream of new calls; it reconnects by itself until it is closed. */
  readonly open: (listener: {
    onOpen(): void;
    onCall(data: string): void;
    onSkipped(data: string): void;
    onError(isClosed: boolean): void;
  }) => LiveSource;
  readonly clock: { nowMs(): number };
  /** Runs once a little later, so that a burst of calls draws once. */
  readonly later: (run: () => void) => void;
};

export type LiveFeed = { start(): void; stop(): void; subscribe(listener: () => void): () => void; snapshot(): LiveSnapshot };

const MAX_EVENTS = 500;
const MAX_ARRIVALS = 20_000;
const MINUTE_MS = 60_000;

const NOTHING: LiveSnapshot = { state: 'closed', listeningSinceMs: undefined, events: [], arrivalsMs: [], received: 0 };

/** One stream for the whole page: a browser allows only a few connections per host. */
export function createLiveFeed(deps: LiveFeedDeps): LiveFeed {
  const listeners = new Set<() => void>();
  let snapshot = NOTHING;
  let source: LiveSource | undefined;
  let waiting: LiveEvent[] = [];
  const change = (next: Partial<LiveSnapshot>): void => {
    snapshot = { ...snapshot, ...next };
    for (const listener of listeners) listener();
  };
  const takeWaiting = (): void => {
    const calls = waiting;
    waiting = [];
    change(withCalls(snapshot, calls, deps.clock.nowMs()));
  };
  const onCall = (text: string): void => {
    const event = readLiveEvent(text);
    if (!event) return;
    waiting.push(event);
    if (waiting.length === 1) deps.later(takeWaiting);
  };
  const start = (): void => {
    if (source) return;
    change({ state: 'connecting' });
    source = deps.open({
      onOpen: () => change({ state: 'open', listeningSinceMs: snapshot.listeningSinceMs ?? deps.clock.nowMs() }),
      onCall,
      onSkipped: (text) => change({ received: snapshot.received + readSkipped(text) }),
      onError: (isClosed) => change({ state: isClosed ? 'closed' : 'connecting' }),
    });
  };
  const stop = (): void => {
    source?.close();
    source = undefined;
    change({ state: 'closed', listeningSinceMs: undefined, arrivalsMs: [] });
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { start, stop, subscribe, snapshot: () => snapshot };
}

function withCalls(snapshot: LiveSnapshot, calls: readonly LiveEvent[], nowMs: number): Partial<LiveSnapshot> {
  const recent = snapshot.arrivalsMs.filter((atMs) => atMs > nowMs - MINUTE_MS);
  return {
    events: [...calls.toReversed(), ...snapshot.events].slice(0, MAX_EVENTS),
    arrivalsMs: [...recent, ...calls.map(() => nowMs)].slice(-MAX_ARRIVALS),
    received: snapshot.received + calls.length,
  };
}

/** Calls that came too fast to be sent one by one still count as received. */
function readSkipped(text: string): number {
  const skipped = parseJson(text);
  const calls = isJsonRecord(skipped) ? skipped['calls'] : undefined;
  return typeof calls === 'number' ? calls : 0;
}

function readLiveEvent(text: string): LiveEvent | undefined {
  // Safe because the collector's live route is tested against this type.
  return parseJson(text) as LiveEvent | undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
