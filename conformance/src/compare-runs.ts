import type { SentCostEvent, Usage } from '@llmobserve/protocol';
import type { Case, ExpectedEvent, Family } from './family.ts';
import { withoutAccidents } from './describe-request.ts';
import type { SeenCase, SeenRun } from './run-program.ts';

/** What is wrong with one case, or with the run as a whole; nothing is good. */
export type Verdict = { readonly name: string; readonly kind: string; readonly findings: readonly string[] };

const SHOWN_CHARACTERS = 300;
/** The SDK may take two seconds to send what is left, and a busy machine some more. */
const LONGEST_DELAY_MS = 3500;

/** Holds a run with the SDK against the same run without it, and its events against what the cases must leave. */
export function compareRuns(family: Family, without: SeenRun, withSdk: SeenRun): readonly Verdict[] {
  const cases = Object.keys(without.cases).map((name) => {
    const expected = family.cases[name];
    const findings = [
      ...compareCases(without.cases[name], withSdk.cases[name]),
      ...(expected ? findVainCase(expected, without.cases[name]) : []),
      ...(expected ? compareEvents(family.usual, ownedBy(name, expected.events), withSdk.events) : []),
    ];
    return { name, kind: expected?.kind ?? name, findings };
  });
  return [...cases, { name: 'the process', kind: 'ends', findings: [...compareEnds(without, withSdk), ...strayEvents(family, withSdk)] }];
}

function compareCases(without: SeenCase | undefined, withSdk: SeenCase | undefined): readonly string[] {
  if (!without || !withSdk) return ['the program did not come that far'];
  return [
    ...differ('result', withoutAccidents(without.result), withoutAccidents(withSdk.result)),
    ...differ('request bytes', without.requests.join('\n\n'), withSdk.requests.join('\n\n')),
  ];
}

/** A case that fails by itself proves nothing. */
function findVainCase({ throws = false }: Case, without: SeenCase | undefined): readonly string[] {
  const result = without?.result ?? '';
  if (result.includes('the case took too long')) return ['the case took too long, without the SDK'];
  return result.startsWith('{"error"') === throws
    ? []
    : [`the case itself went wrong, without the SDK: ${result.slice(0, SHOWN_CHARACTERS)}`];
}

function compareEnds(without: SeenRun, withSdk: SeenRun): readonly string[] {
  return [
    ...(withSdk.ending.includes('SIGKILL') ? [`the process had to be ${withSdk.ending}`] : []),
    ...differ('end', without.ending, withSdk.ending),
    ...(withSdk.lingeredMs > without.lingeredMs + LONGEST_DELAY_MS
      ? [`the end took ${withSdk.lingeredMs} ms, ${without.lingeredMs} without`]
      : []),
    ...differ('stdout', without.stdout, withSdk.stdout),
    ...differ('stderr', withoutProcess(without.stderr), withoutProcess(withSdk.stderr)),
    ...withSdk.problems,
  ];
}

/** Node writes the process's id before its own warnings. */
function withoutProcess(text: string): string {
  return text.replaceAll(/\(node:\d+\)/g, '(node)');
}

function strayEvents(family: Family, { events, cases }: SeenRun): readonly string[] {
  const known = new Set(Object.keys(cases).flatMap((name) => customersOf(name, family.cases[name])));
  return events.filter((event) => !known.has(event.customer ?? '')).map((event) => `an event nobody expects: ${show(event)}`);
}

function customersOf(name: string, expected: Case | undefined): readonly string[] {
  return [name, ...(expected?.events ?? []).flatMap((event) => event.customer ?? [])];
}

type Owned = { readonly customers: ReadonlySet<string>; readonly events: readonly (ExpectedEvent & { readonly customer: string })[] };

function ownedBy(name: string, events: readonly ExpectedEvent[]): Owned {
  const owned = events.map((event) => ({ ...event, customer: event.customer ?? name }));
  return { customers: new Set([name, ...owned.map((event) => event.customer)]), events: owned };
}

/** One event for each that is expected, in any order, and no other. */
function compareEvents(usual: ExpectedEvent, expected: Owned, sent: readonly SentCostEvent[]): readonly string[] {
  const left = sent.filter((event) => expected.customers.has(event.customer ?? ''));
  const missing = expected.events.flatMap((wanted) => {
    const event = { ...usual, ...wanted };
    const index = left.findIndex((candidate) => misses(event, candidate).length === 0);
    if (index !== -1) left.splice(index, 1);
    return index === -1 ? [event] : [];
  });
  const unlike = missing.map((event) => {
    const near = left.findIndex((candidate) => candidate.customer === event.customer);
    const [candidate] = near === -1 ? [] : left.splice(near, 1);
    return candidate ? `event: ${misses(event, candidate).join('; ')}` : `no event for ${show(event)}`;
  });
  return [...unlike, ...left.map((event) => `one event too many: ${show(event)}`)];
}

const USUAL: ExpectedEvent = { status: 'ok', attempts: 1 };

function usualQuality({ usage }: ExpectedEvent): ExpectedEvent {
  return typeof usage === 'object' ? { usageQuality: 'reported' } : {};
}

function misses(wanted: ExpectedEvent, event: SentCostEvent): readonly string[] {
  const { usage, ...members } = { ...USUAL, ...usualQuality(wanted), ...wanted };
  // Safe because both are plain objects with members of the same names.
  const sent = event as Readonly<Record<string, unknown>>;
  const wrong = Object.entries(members).filter(([name, value]) => value !== undefined && sent[name] !== value);
  return [
    ...wrong.map(([name, value]) => `${name} is ${show(sent[name])} instead of ${show(value)}`),
    ...(usage === undefined ? [] : missesUsage(usage, event)),
  ];
}

function missesUsage(usage: NonNullable<ExpectedEvent['usage']>, event: SentCostEvent): readonly string[] {
  const sum = Object.values(event.usage ?? {}).reduce<number>((total, quantity) => total + quantity, 0);
  if (usage === 'none') return sum === 0 ? [] : [`usage is ${show(event.usage)} instead of none`];
  if (usage === 'some') return sum > 0 ? [] : ['usage is none instead of some'];
  if (usage === 'estimated') {
    return event.usageQuality === 'estimated' && sum > 0
      ? []
      : [`usage is ${event.usageQuality} ${show(event.usage)} instead of an estimate`];
  }
  const isExact = show(sorted(event.usage ?? {})) === show(sorted(usage));
  return isExact ? [] : [`usage is ${show(event.usage)} instead of ${show(usage)}`];
}

/** A quantity of nothing is the same as none. */
function sorted(usage: Usage): readonly (readonly [string, number])[] {
  return Object.entries(usage)
    .filter(([, quantity]) => quantity !== 0)
    .toSorted(([left], [right]) => left.localeCompare(right));
}

function differ(what: string, without: string, withSdk: string): readonly string[] {
  if (without === withSdk) return [];
  const at = Array.from({ length: without.length }, (_, index) => index).find((index) => without[index] !== withSdk[index]);
  const from = Math.max(0, (at ?? without.length) - 40);
  return [`${what} differs: …${cut(without, from)} | with the SDK: …${cut(withSdk, from)}`];
}

function cut(text: string, from: number): string {
  return JSON.stringify(text.slice(from, from + SHOWN_CHARACTERS));
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
