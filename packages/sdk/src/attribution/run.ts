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
  const named = readRun(name);
  return named ? inSpan('run', { run: named, traceId: named.traceId }, fn) : fn();
}

function readRun(given: unknown): RunRef | undefined {
  try {
    return readGiven(given);
  } catch {
    // Such as a getter of the app's that throws: its calls go on, outside of a run.
    return undefined;
  }
}

function readGiven(given: unknown): RunRef | undefined {
  if (typeof given !== 'object' || given === null) return newRun(fitName(given));
  const named: { readonly name?: unknown; readonly id?: unknown } = given;
  const runId = fitName(named.id);
  const name = fitName(named.name) ?? runId;
  if (name === undefined || runId === undefined) return newRun(name);
  // The same id gives the same trace in every process.
  return { name, runId, traceId: liveRuntime().sha256Hex(String(named.id)).slice(0, TRACE_ID_LENGTH) };
}

function newRun(name: string | undefined): RunRef | undefined {
  return name === undefined ? undefined : { name, traceId: liveRuntime().newTraceId() };
}
