import type { CapturedCall } from './capture/index.ts';
import type { Scope } from './runtime.ts';

/** Explains one call in a line: what, whose, how much and how sure that is, how it ended; never what was said in it. */
export function describeCall(call: CapturedCall<Scope>, customer: string | undefined): string {
  const { operation, provider, model, requestedModel = '', usage = {}, scope, status, error, attempts = 1, durationMs } = call;
  const used = Object.entries(usage).map(([key, quantity]) => `${quantity} ${key}`);
  return [
    `${operation} ${model ?? requestedModel} (${provider}) for ${customer ?? 'nobody'}${scope?.section ? ` in ${scope.section}` : ''}:`,
    used.join(', ') || 'no usage',
    call.usageQuality === 'estimated' ? '(estimated: the provider told none)' : '',
    `${Math.round(durationMs ?? 0)} ms`,
    status,
    error ? (error.code ?? error.httpStatus) : '',
    attempts > 1 ? `after ${attempts} attempts` : '',
  ]
    .filter(Boolean)
    .join(' ');
}
