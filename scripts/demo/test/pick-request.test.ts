import { expect, test } from 'vitest';
import { pickRequest, requestOf, TENANT_KEYS } from '../pick-request.ts';

/** The same numbers every time (mulberry32), so that the counts below hold on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('there are a dozen customers, and each of them asks', () => {
  const random = seededRandom(1);
  const asked = new Set(Array.from({ length: 2000 }, (_, number) => pickRequest(random, number * 600).tenantKey));
  expect(TENANT_KEYS).toHaveLength(12);
  expect([...asked].toSorted()).toEqual(TENANT_KEYS.toSorted());
});

test('the mix changes with time', () => {
  const share = (elapsedMs: number) => {
    const random = seededRandom(2);
    return Array.from({ length: 1000 }, () => pickRequest(random, elapsedMs)).filter(({ tenantKey }) => tenantKey === 'tenant-acme').length;
  };
  expect(share(90_000)).toBeGreaterThan(2 * share(270_000));
});

test('every route is used, with the member it reads', () => {
  const random = seededRandom(3);
  const requests = Array.from({ length: 300 }, () => requestOf('tenant-acme', random));
  const members = Object.fromEntries(requests.map((request) => [request.path, Object.keys(request.body)]));
  expect(members).toEqual({ '/ask': ['question'], '/stream': ['question'], '/research': ['topic'], '/summaries': ['text'] });
});

test('only readers of a stream leave early, and only some', () => {
  const random = seededRandom(4);
  const leaving = Array.from({ length: 1000 }, () => requestOf('tenant-acme', random)).filter((request) => request.leavesEarly);
  expect(new Set(leaving.map((request) => request.path))).toEqual(new Set(['/stream']));
  expect(leaving.length).toBeLessThan(60);
});

test('the ends of the range of random numbers pick somebody too', () => {
  expect(requestOf('x', () => 0).path).toBe('/ask');
  expect(requestOf('x', () => 0.999999).path).toBe('/summaries');
});
