import { describe, expect, test } from 'vitest';
import { chooseCells } from '../src/choose-cells.ts';
import { CLIENTS, type Client } from '../src/clients.ts';
import { LOAD_ORDERS } from '../src/load-orders.ts';
import { readChoice } from '../src/read-choice.ts';

const near: Client = { name: 'near 2', family: 'near', links: {}, isNewest: true };
const old: Client = { name: 'near 1', family: 'near', links: {} };
const far: Client = { name: 'far 1', family: 'far', folder: 'far', links: {}, isNewest: true, oldestNode: 22 };

function cellsOf(...args: readonly string[]): readonly string[] {
  return chooseCells([near, old, far], readChoice(args)).map(({ client, node, orders }) => `${client.name} ${node} ${orders.length}`);
}

describe('the part', () => {
  test('quick installs nothing: clients and Node are those of the repository', () => {
    expect(cellsOf()).toEqual([`near 2 24 ${LOAD_ORDERS.length}`, 'near 1 24 2']);
  });

  test('ci runs every client once, and the newest on every Node that can', () => {
    const all = LOAD_ORDERS.length;
    expect(cellsOf('--part', 'ci')).toEqual([
      'near 2 20 2',
      'near 2 22 2',
      `near 2 24 ${all}`,
      'near 2 26 2',
      'near 1 24 2',
      'far 1 22 2',
      `far 1 24 ${all}`,
      'far 1 26 2',
    ]);
  });

  test('all leaves nothing out but a Node that the client itself refuses', () => {
    expect(cellsOf('--part', 'all')).toHaveLength(4 + 4 + 3);
  });
});

test('a client, a Node and a load order can be picked', () => {
  expect(cellsOf('--part', 'all', '--client', 'near')).toHaveLength(8);
  expect(cellsOf('--part', 'all', '--client', 'near 1', '--node', '26', '--order', 'fork')).toEqual(['near 1 26 1']);
  expect(() => readChoice(['--part', 'some'])).toThrow('--part is one of');
  expect(() => readChoice(['--node', '18'])).toThrow('--node is one of');
});

test('every client that is to be tried has a name of its own', () => {
  const names = CLIENTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
