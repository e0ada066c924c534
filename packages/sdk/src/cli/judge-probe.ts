import { isJsonRecord, type Usage } from '@llmobserve/protocol';
import { EXPECTED_TOKENS, EXPECTED_USAGE } from './fake-answers.ts';
import type { Check } from './report.ts';

/** Before the JSON that a probe prints, since a client may print too. */
export const PROBE_MARK = 'llmobserve-probe ';

/** What a probe tells of itself. */
export type ProbeOutcome = {
  readonly events: readonly { readonly provider: string; readonly usage?: Usage }[];
  /** What the client's call threw. */
  readonly error?: string;
};

export type ProbeRun = { readonly stdout: string; readonly stderr: string; readonly isLate: boolean };

const REPORT = 'please report it with the versions of Node, of this package and of the client';
const MAX_QUOTED = 300;

/** One call of the client must have become one event with the usage of the answer. */
export function judgeProbe(name: string, provider: string, run: ProbeRun): Check {
  if (run.isLate) return fail(name, 'the self-test took too long', 'try again when the machine is less busy');
  const outcome = readOutcome(run.stdout);
  if (!outcome) return fail(name, `the self-test ended without a word: ${lastWords(run.stderr)}`, REPORT);
  const { events, error } = outcome;
  if (error !== undefined && events.length === 0) {
    return { name: `capture ${name}`, status: 'warn', message: `the client could not make its call: ${quote(error)}`, advice: REPORT };
  }
  const [event] = events;
  if (!event) return fail(name, 'its call was not captured', REPORT);
  if (events.length > 1)
    return fail(name, `its call was captured ${events.length} times`, 'is a second copy of this SDK of another version installed?');
  const expected = EXPECTED_USAGE[provider] ?? EXPECTED_TOKENS;
  const isRight = event.provider === provider && JSON.stringify(sorted(event.usage ?? {})) === JSON.stringify(sorted(expected));
  if (!isRight) return fail(name, `its call was read wrong: ${JSON.stringify(event)}`, REPORT);
  return { name: `capture ${name}`, status: 'ok', message: `one call, one event: ${write(expected)}` };
}

function readOutcome(stdout: string): ProbeOutcome | undefined {
  const line = stdout.split('\n').findLast((each) => each.startsWith(PROBE_MARK));
  const told: unknown = line === undefined ? undefined : JSON.parse(line.slice(PROBE_MARK.length));
  // Safe because only our own probe writes behind the mark.
  return isJsonRecord(told) && Array.isArray(told['events']) ? (told as ProbeOutcome) : undefined;
}

function fail(name: string, message: string, advice: string): Check {
  return { name: `capture ${name}`, status: 'fail', message, advice };
}

function lastWords(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return quote(lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'nothing was said');
}

function quote(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}

function sorted(usage: Usage): readonly (readonly [string, number])[] {
  return Object.entries(usage).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function write(usage: Usage): string {
  return Object.entries(usage)
    .map(([key, quantity]) => `${quantity} ${key}`)
    .join(', ');
}
