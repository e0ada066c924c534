import { EVENT_KINDS } from '@llmobserve/protocol';
import { expect, test } from 'vitest';

import { callsPath, costsPath, curlCommand, customerPath, customersPath, hasCustomerPath } from '../../src/api/api-paths.ts';

const RANGE = { from: '2026-11-01', to: '2026-11-21' };

test('a cost question is asked in the contract’s words', () => {
  const path = costsPath({
    ...RANGE,
    groupBy: ['model'],
    interval: 'day',
    filters: { customer: ['acme', ''], model: undefined },
    isCompared: true,
    limit: 8,
  });
  expect(decodeURIComponent(path)).toBe(
    '/v1/costs?from=2026-11-01&to=2026-11-21&groupBy=model&interval=day&filter[customer]=acme&filter[customer]=&compare=previous&limit=8',
  );
});

test('what is not asked for is left out', () => {
  expect(costsPath(RANGE)).toBe('/v1/costs?from=2026-11-01&to=2026-11-21');
  expect(customersPath({ ...RANGE, search: '' })).toBe('/v1/customers?from=2026-11-01&to=2026-11-21');
});

test('calls are asked for without the sections between them, whatever kinds are chosen', () => {
  const kindsOf = (kind?: readonly string[]): readonly string[] => {
    const path = callsPath({ ...RANGE, filters: { customer: ['acme'], ...(kind && { kind }) }, limit: 20 });
    const { pathname, searchParams } = new URL(`http://x${path}`);
    expect([pathname, searchParams.get('filter[customer]'), searchParams.get('limit')]).toEqual(['/v1/events', 'acme', '20']);
    return searchParams.getAll('filter[kind]');
  };
  expect(kindsOf()).toEqual(EVENT_KINDS.filter((kind) => kind !== 'section'));
  expect(kindsOf([])).toEqual(kindsOf());
  expect(kindsOf(['llm', 'section'])).toEqual(['llm']);
  expect(kindsOf(['section'])).toEqual(['']);
});

test('an id that is a step within a path is not asked for', () => {
  expect(['acme', 'a/b', '...', '', '.', '..'].map(hasCustomerPath)).toEqual([true, true, true, false, false, false]);
});

test('hostile names stay inside their place', () => {
  expect(customerPath('a/../b?c#d')).toBe('/v1/customers/a%2F..%2Fb%3Fc%23d');
  expect(new URL(`http://x${customersPath({ ...RANGE, search: 'a&limit=9' })}`).searchParams.get('search')).toBe('a&limit=9');
});

test('the copied call is one line for a shell, with the key left to the environment', () => {
  const path = costsPath({ ...RANGE, filters: { customer: ["o'neill; rm -rf /"] } });
  const command = curlCommand('https://costs.example', path);
  expect(command).toMatch(/^curl -H "Authorization: Bearer \$LLMOBSERVE_API_KEY" 'https:\/\/costs\.example\/v1\/costs\?[^']*'$/);
});
