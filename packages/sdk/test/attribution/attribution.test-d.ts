import { expectTypeOf, test } from 'vitest';
import {
  agent,
  exportContext,
  importContext,
  section,
  step,
  tool,
  track,
  withTags,
  type EventKind,
  type InitOptions,
  type TrackedCall,
  type Usage,
} from '../../src/index.ts';

test('what fn returns is what a section returns, whatever it is', () => {
  async function* words(): AsyncGenerator<string> {
    yield 'a';
  }
  expectTypeOf(agent('a', words)).toEqualTypeOf<AsyncGenerator<string>>();
  expectTypeOf(tool('a', async () => 7)).toEqualTypeOf<Promise<number>>();
  expectTypeOf(step('a', () => undefined)).toEqualTypeOf<undefined>();
  expectTypeOf(withTags({ feature: 'chat' }, () => 'x')).toEqualTypeOf<string>();
  // @ts-expect-error -- a section has a name
  section(() => 7);
});

test('a context is a text, and a missing one is taken', () => {
  expectTypeOf(exportContext).returns.toEqualTypeOf<string>();
  expectTypeOf(importContext('', () => 7)).toEqualTypeOf<number>();
  expectTypeOf(importContext).parameter(0).toEqualTypeOf<string | null | undefined>();
});

test('a tracked call names its provider and its usage, and the rest where it is known', () => {
  expectTypeOf(track).returns.toBeVoid();
  expectTypeOf<{ provider: string; usage: { requests: number; ownUnits: number } }>().toExtend<TrackedCall>();
  expectTypeOf<TrackedCall['costUsd']>().toEqualTypeOf<string | number | undefined>();
  expectTypeOf<TrackedCall['kind']>().toEqualTypeOf<Exclude<EventKind, 'section'> | undefined>();
  expectTypeOf<TrackedCall['usage']>().toEqualTypeOf<Usage>();
  // @ts-expect-error -- a quantity is a number
  track({ provider: 'twilio', usage: { requests: '1' } });
  // @ts-expect-error -- nobody is paid for it
  track({ usage: { requests: 1 } });
});

test('settings name tags and hosts', () => {
  expectTypeOf<{ tags: { region: string }; propagateTo: string[] }>().toExtend<InitOptions>();
});
