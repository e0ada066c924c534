import { parseUsd } from '@llmobserve/protocol';
import { expect, test } from 'vitest';

import { nextSort, readSort, sortText } from '../../src/pages/customers/customer-sort.ts';
import { customerSnippet, initSnippet, installCommand, PACKAGE_MANAGERS } from '../../src/pages/get-started/snippets.ts';
import type { SnippetPart } from '../../src/pages/get-started/snippets.ts';
import { perCallOf } from '../../src/pages/panels/per-call.ts';
import { askBackTo, safeNext } from '../../src/pages/sign-in/safe-next.ts';
import { createThemeStore, nextTheme } from '../../src/theme/theme-choice.ts';

test('customers are sorted dearest first unless the address says otherwise', () => {
  expect(readSort(undefined)).toEqual({ key: 'costUsd', isDescending: true });
  expect(readSort('name')).toEqual({ key: 'name', isDescending: false });
  expect(readSort('-calls')).toEqual({ key: 'calls', isDescending: true });
  expect(readSort('password')).toEqual({ key: 'costUsd', isDescending: true });
});

test('a press on a head turns its order, a press on another starts at its useful end', () => {
  const sort = readSort(undefined);
  expect(sortText(nextSort(sort, 'costUsd'))).toBe('costUsd');
  expect(sortText(nextSort(sort, 'calls'))).toBe('-calls');
  expect(sortText(nextSort(sort, 'name'))).toBe('name');
});

test.each([
  ['/customers/acme?range=7d', '/customers/acme?range=7d'],
  [undefined, '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('after signing in %j leads to %s', (wanted, expected) => {
  expect(safeNext(wanted)).toBe(expected);
});

test('the sign-in page is told where it leads back to, unless it leads there anyway', () => {
  expect(askBackTo('/')).toEqual({});
  expect(safeNext(askBackTo('/customers/acme?range=7d')['next']?.[0])).toBe('/customers/acme?range=7d');
});

test('cost per call is rounded half-even, and absent without calls', () => {
  expect(perCallOf(parseUsd('1') ?? 0n, 3)).toBe(333_333_333_333n);
  expect(perCallOf(5n, 2)).toBe(2n);
  expect(perCallOf(5n, 0)).toBeUndefined();
});

const textOf = (parts: readonly SnippetPart[]): string => parts.map((part) => part.text).join('');

test('the snippets are code a person can paste', () => {
  expect(textOf(initSnippet({ apiKey: 'llmo_sk_x', collectorUrl: 'http://localhost:8787' }))).toBe(
    "import { init } from 'llmobserve'\n\ninit({ apiKey: 'llmo_sk_x', collectorUrl: 'http://localhost:8787' })",
  );
  expect(textOf(initSnippet({ apiKey: undefined, collectorUrl: 'https://costs.example' }))).toContain(
    "init({ collectorUrl: 'https://costs.example' })",
  );
  expect(textOf(customerSnippet())).toContain("await withCustomer('acme', () =>");
  expect(PACKAGE_MANAGERS.map(installCommand)).toEqual([
    'npm install llmobserve',
    'pnpm add llmobserve',
    'yarn add llmobserve',
    'bun add llmobserve',
  ]);
});

function memory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'clear' | 'key' | 'length'> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
    key: () => null,
    get length() {
      return kept.size;
    },
  };
}

test('a chosen theme is painted and kept; the system’s is neither', () => {
  const storage = memory();
  const root = { dataset: {} as DOMStringMap };
  const themes = createThemeStore({ storage: () => storage, root });
  themes.write('dark');
  expect([themes.read(), root.dataset['theme'], storage.getItem('llmobserve.theme')]).toEqual(['dark', 'dark', 'dark']);
  themes.write('system');
  expect([themes.read(), root.dataset['theme'], storage.getItem('llmobserve.theme')]).toEqual(['system', undefined, null]);
});

test('forbidden storage takes away nothing but the memory', () => {
  const root = { dataset: {} as DOMStringMap };
  const themes = createThemeStore({
    storage: () => {
      throw new Error('denied');
    },
    root,
  });
  themes.write('light');
  expect(themes.read()).toBe('light');
});

test('the theme button goes round', () => {
  expect([nextTheme('system'), nextTheme('light'), nextTheme('dark')]).toEqual(['light', 'dark', 'system']);
});
