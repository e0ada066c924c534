import type { EventStatus } from '@llmobserve/protocol';
import { PACKAGE_NAME } from '../package-identity.ts';
import { liveRuntime, type LiveEngine, type Scope } from '../runtime.ts';
import { spanIdOf } from '../span-id-of.ts';
import { followOutcome } from './follow-outcome.ts';
import { inScope } from './in-scope.ts';

/** Runs `fn` as a run or a section: calls inside hang below it, and it becomes an event of its own when it ends. */
export function inSpan<T>(operation: string, said: Scope, fn: () => T): T {
  const { scopes, engine, newTraceId } = liveRuntime();
  const id = engine?.newEventId();
  if (!engine || id === undefined) return inScope(said, fn);
  const outer = scopes.getStore();
  const traceId = said.traceId ?? outer?.traceId ?? newTraceId();
  const around: Scope = { ...inTrace(outer, traceId), ...said, traceId };
  const end = openSpan(engine, { id, operation, scope: around });
  const scope: Scope = { ...around, spanId: spanIdOf(id) };
  return followOutcome(fn, { end, resume: (step) => scopes.run(scope, step) });
}

/** A span of another trace is nobody's parent here. */
function inTrace(outer: Scope | undefined, traceId: string): Scope | undefined {
  if (outer?.spanId === undefined || outer.traceId === traceId) return outer;
  const { spanId: _elsewhere, ...rest } = outer;
  return rest;
}

type Opened = { readonly id: string; readonly operation: string; readonly scope: Scope };

/** Gives the way to end the span, which counts once. */
function openSpan(engine: LiveEngine, opened: Opened): (status: EventStatus, code?: string) => void {
  const { clock } = engine;
  const startedAtMs = clock.nowMs();
  const startedMs = clock.monotonicMs();
  let isOpen = true;
  return (status, code) => {
    if (!isOpen) return;
    isOpen = false;
    engine.report({
      ...opened,
      kind: 'section',
      provider: PACKAGE_NAME,
      startedAtMs,
      durationMs: clock.monotonicMs() - startedMs,
      status,
      error: code === undefined ? undefined : { code },
      attempts: 1,
      streamed: false,
      usageQuality: 'unknown',
    });
  };
}
