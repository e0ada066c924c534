import type { CapturedCall } from '../capture/index.ts';
import type { LiveEngine, Scope } from '../runtime.ts';
import { activeContext, hasContexts, spanIn } from './active-context.ts';
import { EMITTED_ATTRIBUTE, type OtelSpan } from './otel-span.ts';
import { readSpan, type SpanReading } from './read-span.ts';
import { createSpanTree, eachAround, type SpanNode } from './span-tree.ts';
import { createWireMemory } from './wire-memory.ts';

/** Fits into the `spanProcessors` of every OpenTelemetry tracer provider, versions 1 to 3. */
export type LlmobserveSpanProcessor = {
  onStart(span: OtelSpan, parentContext?: unknown): void;
  onEnd(span: OtelSpan): void;
  /** Hands over what is held back and waits until it has arrived. */
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
  /** What became of the spans that named a usage. */
  stats(): SpanStats;
};

export type SpanStats = {
  /** Became events. */
  readonly reported: number;
  /** Left to a span inside, which told of the same work more closely. */
  readonly nested: number;
  /** Left to the wire, which saw the same call. */
  readonly onWire: number;
  /** Sums of other calls, where nothing could tell whether those were counted. */
  readonly sums: number;
  /** Began too long ago to be told apart, or could not be read. */
  readonly dropped: number;
};

export type SpanProcessorDeps = {
  readonly engine: Pick<LiveEngine, 'report' | 'observe' | 'flush' | 'stats'>;
  readonly currentScope: () => Scope | undefined;
  readonly clock: { monotonicMs(): number };
  /** Runs something later, without keeping the process alive for it. */
  readonly after: (delayMs: number, run: () => void) => void;
};

/** Time for the wire to have its say: an answer's last bytes may come after the client has ended its span. */
const HOLD_MS = 1_000;
/** A span that ended before those inside waits for them this long. */
const MAX_HOLD_MS = 60_000;
const LOOK_EVERY_MS = 500;
/** Whoever shuts its tracing down is about to end. */
const SHUTDOWN_TIMEOUT_MS = 2_000;
/** Beyond this nothing is held any more: more would end in a second only where the timer cannot run. */
const MAX_HELD = 20_000;

type Note = { readonly spanId: string; readonly scope: Scope | undefined; reading?: SpanReading | undefined };

/** Turns spans that name a usage into events: of nested ones the innermost counts, and none that the wire has seen. */
export function startSpanProcessor(deps: SpanProcessorDeps): LlmobserveSpanProcessor {
  const processor = new SpanProcessor(deps);
  return {
    onStart: (span) => processor.attempt(() => processor.start(span)),
    onEnd: (span) => processor.attempt(() => processor.end(span)),
    async forceFlush() {
      await deps.engine.flush();
    },
    async shutdown() {
      await deps.engine.flush(SHUTDOWN_TIMEOUT_MS);
      processor.attempt(() => processor.stop());
    },
    stats: () => ({ ...processor.stats }),
  };
}

/** Open spans → held ones → judged: reported, or left to whoever told more closely. */
class SpanProcessor {
  readonly stats: Record<keyof SpanStats, number> = { reported: 0, nested: 0, onWire: 0, sums: 0, dropped: 0 };
  readonly #deps: SpanProcessorDeps;
  readonly #tree = createSpanTree<Note>();
  readonly #wire = createWireMemory();
  readonly #closing = new Set<SpanNode<Note>>();
  readonly #leave: () => void;
  #isLooking = false;

  constructor(deps: SpanProcessorDeps) {
    this.#deps = deps;
    this.#leave = deps.engine.observe({
      mark: activeContext,
      onCall: (call, isFromWire) => isFromWire && this.#noteWire(call),
      release: () => this.#settle(({ openBelow }) => openBelow === 0),
    });
  }

  start(span: OtelSpan): void {
    const { spanId } = span.spanContext();
    const parentId = span.parentSpanContext?.spanId ?? span.parentSpanId;
    this.#tree.start(spanId, parentId, { spanId, scope: this.#deps.currentScope() });
  }

  end(span: OtelSpan): void {
    const node = this.#tree.end(span.spanContext().spanId, this.#deps.clock.monotonicMs());
    const reading = span.attributes[EMITTED_ATTRIBUTE] === true ? undefined : readSpan(span);
    if (!node) {
      if (reading) this.stats.dropped += 1;
      return;
    }
    node.note.reading = reading;
    if (reading) eachAround(node.parent, (around) => (around.isToldBelow = true));
    this.#closing.add(node);
    if (this.#closing.size > MAX_HELD) this.#settle(() => true);
    this.#lookLater();
  }

  stop(): void {
    this.#settle(() => true);
    this.#leave();
  }

  /** Nothing of ours may fail inside the app's spans. */
  attempt(act: () => void): void {
    try {
      act();
    } catch {
      this.stats.dropped += 1;
    }
  }

  #noteWire(call: CapturedCall<Scope>): void {
    if (!call.usage) return;
    const inside = spanIn(call.scope?.mark);
    this.#wire.note(call, inside !== undefined && this.#tree.markOnWire(inside.spanId));
  }

  #lookLater(): void {
    if (this.#isLooking || this.#closing.size === 0) return;
    this.#isLooking = true;
    this.#deps.after(LOOK_EVERY_MS, () => this.attempt(() => this.#look()));
  }

  #look(): void {
    this.#isLooking = false;
    // Makes the engine read what has ended on the wire.
    this.#deps.engine.stats();
    const nowMs = this.#deps.clock.monotonicMs();
    this.#settle(({ endedMs = 0, openBelow }) => nowMs - endedMs >= (openBelow > 0 ? MAX_HOLD_MS : HOLD_MS));
    this.#lookLater();
  }

  #settle(isDue: (node: SpanNode<Note>) => boolean): void {
    for (const node of this.#closing) {
      if (!isDue(node)) continue;
      this.#closing.delete(node);
      this.#tree.forget(node.note.spanId);
      const { reading, scope } = node.note;
      const verdict = reading && this.#judge(node, reading);
      if (verdict) this.stats[verdict] += 1;
      if (reading && verdict === 'reported') this.#deps.engine.report({ ...reading.call, scope });
    }
  }

  #judge(node: SpanNode<Note>, { call, isSum }: SpanReading): keyof SpanStats {
    if (node.isToldBelow) return 'nested';
    if (node.isOnWire || this.#wire.has(call)) return 'onWire';
    // Without OpenTelemetry's contexts nothing says which calls lie inside.
    return isSum && !hasContexts() ? 'sums' : 'reported';
  }
}
