import { isJsonRecord } from '@llmobserve/protocol';
import { attempt } from '../attempt.ts';
import { fitName } from '../fit-name.ts';
import { PACKAGE_NAME } from '../package-identity.ts';
import { liveRuntime, type LiveEngine, type Scope } from '../runtime.ts';
import { spanIdOf } from '../span-id-of.ts';
import { followOutcome, type Told } from './follow-outcome.ts';
import { inScope } from './in-scope.ts';

/** Runs `fn` as a run or a section: calls inside hang below it, and it becomes an event of its own when it ends. */
export function inSpan<T>(operation: string, said: Scope, fn: () => T): T {
  const { scopes, engine } = liveRuntime();
  const id = engine?.newEventId();
  if (!engine || id === undefined) return inScope(said, fn);
  const outer = scopes.getStore();
  const traceId = said.traceId ?? outer?.traceId ?? id.replaceAll('-', '');
  // A span of another trace is nobody's parent here.
  const spanId = outer?.traceId === traceId ? outer.spanId : undefined;
  const around: Scope = { ...outer, ...said, traceId, spanId };
  const scope: Scope = { ...around, spanId: spanIdOf(id) };
  return followOutcome(fn, (step) => scopes.run(scope, step), openSpan(engine, { id, operation, scope: around }));
}

type Opened = { readonly id: string; readonly operation: string; readonly scope: Scope };

/** Gives the way to end the span, which counts once. */
function openSpan(engine: LiveEngine, opened: Opened): Told {
  const { clock } = engine;
  const startedAtMs = clock.nowMs();
  const startedMs = clock.monotonicMs();
  let isOpen = true;
  return (status, value) => {
    if (!isOpen) return;
    isOpen = false;
    const code = status === 'error' ? attempt(() => nameOf(value)) : undefined;
    const durationMs = clock.monotonicMs() - startedMs;
    const ended = code?.endsWith('AbortError') ? 'cancelled' : status;
    const error = code ? { code } : undefined;
    // The error of the app goes on, whatever happens to us.
    attempt(() => engine.report({ ...opened, kind: 'section', provider: PACKAGE_NAME, startedAtMs, durationMs, status: ended, error }));
  };
}

/** Errors of another realm, as in Jest, are no `Error` of ours. Those of OpenAI's client are all named `Error` (seen 2026-11-20). */
function nameOf(error: unknown): string | undefined {
  if (!isJsonRecord(error)) return undefined;
  return fitName(error['name'] === 'Error' ? error.constructor.name : error['name']);
}
