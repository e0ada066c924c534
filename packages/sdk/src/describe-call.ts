import type { CapturedCall } from './capture/index.ts';
import type { Scope } from './runtime.ts';

/** Explains one call, run or section in a line: what, whose, how much and how sure that is, how it ended; never what was said in it. */
export function describeCall(call: CapturedCall<Scope>, customer = 'nobody'): string {
  const { operation, provider, model, requestedModel, usage, scope, status, error, attempts = 1, durationMs = 0 } = call;
  const isSection = call.kind === 'section';
  const what = isSection
    ? [operation === 'run' ? `run ${scope?.run?.name}` : `section ${scope?.section}`, 'for', customer]
    : [operation, model ?? requestedModel, `(${provider})`, 'for', customer, scope?.section && `in ${scope.section}`];
  const how = [
    ...Object.entries(usage ?? (isSection ? {} : { 'no usage': '' })).map(([key, quantity]) => `${quantity} ${key}`.trim()),
    call.usageQuality === 'estimated' && 'estimated as the provider told none',
    `${Math.round(durationMs)} ms`,
    status,
    error && (error.code ?? error.httpStatus),
    attempts > 1 && `${attempts} attempts`,
  ];
  return `${what.filter(Boolean).join(' ')}: ${how.filter(Boolean).join(', ')}`;
}
