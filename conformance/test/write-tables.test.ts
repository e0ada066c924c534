import { expect, test } from 'vitest';
import type { Outcome } from '../src/run-cell.ts';
import { writeTables } from '../src/write-tables.ts';

const fine: Outcome = {
  client: 'openai 7.55.0',
  family: 'openai',
  node: 24,
  nodeVersion: '24.21.0',
  order: 'esm',
  name: 'chat',
  kind: 'chat',
  findings: [],
};

test('a row says on which Nodes a kind held for each client, and where it did not', () => {
  const outcomes: readonly Outcome[] = [
    fine,
    { ...fine, node: 20, nodeVersion: '20.20.2' },
    { ...fine, client: 'openai 4.95.0', kind: 'streams', findings: ['result differs'] },
    { ...fine, client: 'openai 4.95.0', kind: 'streams', name: 'teed' },
  ];
  const page = writeTables(outcomes, { part: 'ci', date: new Date('2026-11-20T09:00:00Z') });
  expect(page).toContain('Part `ci`, run on 2026-11-20 on Node 20.20.2, 24.21.0: 3 passed, 1 failed.');
  expect(page).toContain('| Kind | openai 7.55.0 | openai 4.95.0 |');
  expect(page).toContain('| chat | 20 24 | – |');
  expect(page).toContain('| streams | – | **24: 1 of 2 broken** |');
  expect(page).toContain('| Client | esm |');
  expect(page).toContain('| openai 7.55.0 | 20 24 |');
});
