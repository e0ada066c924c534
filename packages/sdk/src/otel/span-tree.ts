/** One span of the app, and what is known of it and of what lies beneath. */
export type SpanNode<Note> = {
  readonly parent: SpanNode<Note> | undefined;
  readonly note: Note;
  /** Spans beneath that have begun and not ended. */
  openBelow: number;
  endedMs: number | undefined;
  /** A span beneath told a usage of its own. */
  isToldBelow: boolean;
  /** A call inside of it was captured on the wire. */
  isOnWire: boolean;
};

export type SpanTree<Note> = {
  start(spanId: string, parentId: string | undefined, note: Note): void;
  /** Undefined when the span is not known (any more). */
  end(spanId: string, endedMs: number): SpanNode<Note> | undefined;
  /** Marks a span and all around it; false when it is not known. */
  markOnWire(spanId: string): boolean;
  forget(spanId: string): void;
};

/** Spans that an app began and never ended must not fill the memory; the oldest are forgotten first. */
const MAX_SPANS = 20_000;
/** Deeper nesting than this is a fault of somebody's. */
const MAX_DEPTH = 100;

/** Keeps who lies inside whom, as long as it matters. */
export function createSpanTree<Note>(): SpanTree<Note> {
  const nodes = new Map<string, SpanNode<Note>>();
  return {
    start(spanId, parentId, note) {
      const parent = parentId === undefined ? undefined : nodes.get(parentId);
      eachAround(parent, (around) => (around.openBelow += 1));
      nodes.set(spanId, { parent, note, openBelow: 0, endedMs: undefined, isToldBelow: false, isOnWire: false });
      if (nodes.size > MAX_SPANS) for (const oldest of nodes.keys()) return void nodes.delete(oldest);
    },
    end(spanId, endedMs) {
      const node = nodes.get(spanId);
      if (!node || node.endedMs !== undefined) return undefined;
      node.endedMs = endedMs;
      eachAround(node.parent, (around) => (around.openBelow -= 1));
      return node;
    },
    markOnWire(spanId) {
      const node = nodes.get(spanId);
      eachAround(node, (around) => (around.isOnWire = true));
      return node !== undefined;
    },
    forget: (spanId) => void nodes.delete(spanId),
  };
}

/** From a span outwards. */
export function eachAround<Note>(from: SpanNode<Note> | undefined, act: (node: SpanNode<Note>) => void): void {
  let node = from;
  for (let depth = 0; node && depth < MAX_DEPTH; depth += 1) {
    act(node);
    node = node.parent;
  }
}
