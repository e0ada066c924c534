import type { Client } from './clients.ts';
import { LOAD_ORDERS, type LoadOrder } from './load-orders.ts';
import type { Choice } from './read-choice.ts';
import { NODE_MAJORS, OWN_MAJOR, type NodeMajor } from './runtimes.ts';

/** One client on one Node, loaded in some ways. */
export type Cell = { readonly client: Client; readonly node: NodeMajor; readonly orders: readonly LoadOrder[] };

/** Decides what is run: the quick part needs no install, the one for CI every client once and every Node, the whole everything. */
export function chooseCells(clients: readonly Client[], choice: Choice): readonly Cell[] {
  return clients
    .filter((client) => choice.client === undefined || isNamed(client.name, choice.client))
    .flatMap((client) => NODE_MAJORS.map((node) => ({ client, node, orders: ordersOf(client, node, choice) })))
    .filter(({ client, node }) => (choice.node === undefined || node === choice.node) && node >= (client.oldestNode ?? 0))
    .map((cell) => ({ ...cell, orders: cell.orders.filter((order) => choice.order === undefined || order === choice.order) }))
    .filter(({ orders }) => orders.length > 0);
}

function ordersOf(client: Client, node: NodeMajor, { part }: Choice): readonly LoadOrder[] {
  if (part === 'all') return LOAD_ORDERS;
  const isOwn = node === OWN_MAJOR;
  if (part === 'quick') return client.folder === undefined && isOwn ? ordersWhenNewest(client) : [];
  if (isOwn) return ordersWhenNewest(client);
  return client.isNewest ? ['esm', '--import register'] : [];
}

function ordersWhenNewest({ isNewest }: Client): readonly LoadOrder[] {
  return isNewest ? LOAD_ORDERS : ['esm', 'cjs'];
}

/** `openai` names every openai, `openai 4` one of them. */
function isNamed(name: string, asked: string): boolean {
  return name === asked || name.startsWith(`${asked} `);
}
