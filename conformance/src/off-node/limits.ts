import type { Case, ExpectedEvent, Family } from '../family.ts';
import type { Runtime } from './find-binary.ts';

/** What a runtime does not let us see, and what is held instead; without `events` the case makes no sense there. */
export type Limit = {
  readonly runtimes: readonly Runtime[];
  readonly families: readonly string[];
  readonly cases: readonly string[];
  readonly why: string;
  readonly events?: readonly LooseEvent[];
};

/** A member that is undefined is not looked at. */
type LooseEvent = { readonly [Name in keyof ExpectedEvent]?: ExpectedEvent[Name] | undefined };

export const LIMITS: readonly Limit[] = [
  {
    runtimes: ['bun', 'deno'],
    families: ['openai'],
    cases: ['never read'],
    why: 'Bytes that the app never reads are not seen: the model that was asked for stands for the one that answered.',
    events: [{ streamed: true, usage: 'estimated', status: undefined, model: undefined }],
  },
  {
    runtimes: ['workerd'],
    families: ['openai'],
    cases: ['never read'],
    why: 'An answer that the app never reads is counted only when the runtime collects it as garbage.',
  },
  {
    runtimes: ['bun'],
    families: ['openai', 'anthropic', 'google'],
    cases: ['cut by the provider'],
    why: 'Bun gives an app nothing of a stream whose connection breaks early: the model that was asked for stands for the one that answered.',
    events: [{ streamed: true, usage: 'estimated', status: 'error', model: undefined }],
  },
  {
    runtimes: ['bun'],
    families: ['anthropic'],
    cases: ['aborted'],
    why: 'How many pieces Bun hands on at once, and so how many the app has when it aborts, is up to chance.',
  },
  {
    runtimes: ['workerd'],
    families: ['google'],
    cases: ['broken off'],
    why: 'The client leaves the rest of the answer unread and open, and the request ends over it.',
  },
  {
    runtimes: ['deno', 'workerd'],
    families: ['openai'],
    cases: ['deflate', 'deflate stream'],
    why: 'Their fetch does not undo raw deflate, so the app itself cannot read such an answer.',
  },
];

/** The cases of a family as this runtime can be held to them. */
export function limitFamily(familyName: string, family: Family, runtime: Runtime): Family {
  const limits = LIMITS.filter((limit) => limit.families.includes(familyName) && limit.runtimes.includes(runtime));
  const cases = Object.entries(family.cases).flatMap(([name, each]) => {
    const limit = limits.find((candidate) => candidate.cases.includes(name));
    if (!limit) return [[name, each] as const];
    // Safe because events are compared member by member, and undefined ones are passed over.
    return limit.events ? [[name, { ...each, events: limit.events as Case['events'] }] as const] : [];
  });
  return { ...family, cases: Object.fromEntries(cases) };
}
