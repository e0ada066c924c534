import { isJsonRecord } from '@llmobserve/protocol';
import { attempt } from '../attempt.ts';
import { fitName } from '../fit-name.ts';
import { liveRuntime, type RunRef } from '../runtime.ts';
import { inSpan } from './in-span.ts';

const TRACE_ID_LENGTH = 32;

/**
 * Joins every call made inside `fn` to one run; an id of your own makes the run findable by it and joinable from elsewhere.
 *
 * @example await run({ name: 'nightly', id: job.id }, () => summarise(job));
 */
export function run<T>(name: string | { readonly name: string; readonly id: string }, fn: () => T): T {
  const named = attempt(() => readRun(name));
  return named ? inSpan('run', { run: named, traceId: named.traceId }, fn) : fn();
}

function readRun(given: unknown): RunRef | undefined {
  const { sha256Hex, newTraceId } = liveRuntime();
  const { name, id } = isJsonRecord(given) ? given : { name: given, id: undefined };
  const runId = fitName(id);
  const called = fitName(name) ?? runId;
  // The same id gives the same trace in every process.
  return called ? { name: called, runId, traceId: runId ? sha256Hex(String(id)).slice(0, TRACE_ID_LENGTH) : newTraceId() } : undefined;
}
