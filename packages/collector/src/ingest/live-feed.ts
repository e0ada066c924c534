import type { LiveEvent } from '@llmobserve/protocol';

import { OverloadedError } from '../failures.ts';

const MAX_LISTENERS_PER_WORKSPACE = 100;
/** Of one commit: a page shows no more, and a listener must not hold up the answer to a batch. */
const MAX_EVENTS_AT_ONCE = 200;

/** Tells listeners of a workspace about events that were just committed. */
export type LiveFeed = {
  /** Makes the events only when somebody listens. */
  publish(workspaceId: string, makeEvents: () => readonly LiveEvent[]): void;
  /**
   * @returns a function that ends the subscription.
   * @throws {OverloadedError} when too many listen to this workspace.
   */
  subscribe(workspaceId: string, listener: (event: LiveEvent) => void): () => void;
};

/** Makes a feed that keeps nothing: who does not listen misses it. */
export function createLiveFeed(): LiveFeed {
  const listeners = new Map<string, Set<(event: LiveEvent) => void>>();
  return {
    publish: (workspaceId, makeEvents) => {
      const audience = listeners.get(workspaceId);
      if (!audience) return;
      const events = makeEvents().slice(-MAX_EVENTS_AT_ONCE);
      for (const listener of audience) tell(listener, events);
    },
    subscribe: (workspaceId, listener) => {
      const audience = listeners.get(workspaceId) ?? new Set();
      if (audience.size >= MAX_LISTENERS_PER_WORKSPACE) throw new OverloadedError('too many live views of this workspace are open');
      listeners.set(workspaceId, audience.add(listener));
      return () => {
        audience.delete(listener);
        if (audience.size === 0 && listeners.get(workspaceId) === audience) listeners.delete(workspaceId);
      };
    },
  };
}

/** The events are committed: a listener that fails must not turn their answer into an error. */
function tell(listener: (event: LiveEvent) => void, events: readonly LiveEvent[]): void {
  try {
    for (const event of events) listener(event);
  } catch {
    // Its stream is gone; it unsubscribes when its connection closes.
  }
}
