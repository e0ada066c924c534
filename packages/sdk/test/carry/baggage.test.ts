import { describe, expect, test } from 'vitest';
import { createBaggageWriter } from '../../src/carry/create-baggage-writer.ts';
import { findInBaggage } from '../../src/carry/find-in-baggage.ts';
import { readContext } from '../../src/carry/read-context.ts';

const SCOPE = { customer: { id: 'acmé, "=;%' }, section: 'agent:a b' };

type Asked = { readonly host?: string; readonly baggage?: string; readonly propagateTo?: readonly string[] };

function write({ host = 'api.internal', baggage, propagateTo = ['api.internal'] }: Asked): {
  member: string | undefined;
  faults: readonly string[];
} {
  const faults: string[] = [];
  const writer = createBaggageWriter({ propagateTo, fault: (cause) => faults.push(cause) });
  return { member: writer?.({ host, header: (name) => (name === 'baggage' ? baggage : undefined) }, SCOPE), faults };
}

describe('works', () => {
  test('what goes into a header comes out of it, whatever stands around it', () => {
    const { member } = write({});
    expect(member).toMatch(/^llmobserve=[!#-+\--:<-[\]-~]+$/);
    for (const header of [member, `a=1,${member}`, `a=1 ; p=2 , ${member};ttl=3,b=2`, `llmobserve=old,${member}`]) {
      expect(readContext(findInBaggage(header ?? ''))).toEqual(SCOPE);
    }
  });

  test.each([
    ['api.internal', 'api.internal', true],
    ['api.internal:8080', 'api.internal', true],
    ['api.internal:8080', 'api.internal:8080', true],
    ['api.internal:8081', 'api.internal:8080', false],
    ['a.b.internal', '*.internal', true],
    ['a.internal:80', '*.internal', true],
    ['internal', '*.internal', false],
    ['evil-internal', '*.internal', false],
    ['api.internal.evil.example', 'api.internal', false],
    ['api.openai.com', '*.internal', false],
    ['[::1]:8080', '[::1]', true],
  ])('%s is named by %s: %s', (host, pattern, isNamed) => {
    expect(write({ host, propagateTo: [pattern] }).member !== undefined).toBe(isNamed);
  });
});

describe('protects', () => {
  test('a member is never longer than what every other reader of baggage takes', () => {
    const id = '"'.repeat(200);
    const scopes = Array.from({ length: 400 }, (_, more) => ({ customer: { id, user: 'x'.repeat(1400 + more) }, section: id }));
    const writer = createBaggageWriter({ propagateTo: ['api.internal'], fault: () => undefined });
    const lengths = scopes.map((scope) => writer?.({ host: 'api.internal', header: () => undefined }, scope)?.length ?? 0);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(4096);
    expect(Math.max(...lengths)).toBeGreaterThan(4000);
    expect(lengths).not.toContain(0);
  });

  test('no host named, nobody asked', () => {
    expect(createBaggageWriter({ propagateTo: [], fault: () => undefined })).toBeUndefined();
  });

  test('a scope that says nothing adds nothing', () => {
    const writer = createBaggageWriter({ propagateTo: ['api.internal'], fault: () => undefined });
    expect(writer?.({ host: 'api.internal', header: () => undefined }, undefined)).toBeUndefined();
    expect(writer?.({ host: 'api.internal', header: () => undefined }, {})).toBeUndefined();
  });

  test.each([
    ['bytes', 'a='.padEnd(8190, 'x')],
    ['members', Array.from({ length: 180 }, (_, index) => `k${index}=1`).join(',')],
  ])('a header with no room for more %s stays as it is, and that is counted', (_what, baggage) => {
    expect(write({ baggage })).toEqual({ member: undefined, faults: ['baggage_full'] });
  });

  test.each(['', 'a=1', 'llmobserve', 'xllmobserve=1', ',,;;', 'a'.repeat(20_000), `llmobserve=x${'a'.repeat(20_000)}`])(
    'nothing of ours is found in %.20s',
    (header) => {
      expect(findInBaggage(header)).toBeUndefined();
    },
  );

  test('a member that was broken on the way is found and cannot be read', () => {
    expect(readContext(findInBaggage('llmobserve=%E0%A4%A'))).toBeUndefined();
  });
});
