import { withCustomer } from '../../../src/attribution/index.ts';
import { exportContext } from '../../../src/carry/index.ts';
import { currentScope, pause } from '../../attribution/support/record-events.ts';

/** Sends a body, so that a parser has work, and gives the text of the answer. */
export async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: '{"a":1}' });
  return response.text();
}

/** What a handler answers with: whom it works for, now and after a while. */
export async function whoAmI(): Promise<string> {
  const before = currentScope()?.customer?.id ?? 'nobody';
  await pause(2);
  const after = currentScope()?.customer?.id ?? 'nobody';
  return before === after ? before : `${before}, then ${after}`;
}

/** A `baggage` header as a service of the app's would send it. */
export function baggageOf(customer: string): string {
  return `own=1,llmobserve=${encodeURIComponent(withCustomer(customer, exportContext))}`;
}

/** What an app finds out of its `x-account` header, in each way it may do so. */
export function findCustomer(account: string | null | undefined): string | undefined | Promise<string | undefined> {
  if (account === 'throws') throw new Error('not signed in');
  if (account === 'rejects') return Promise.reject(new Error('not signed in'));
  return account?.startsWith('late') ? pause(2).then(() => account) : (account ?? undefined);
}

/** Accounts and the customer each comes to. */
export const ACCOUNTS: readonly (readonly [account: string, customer: string])[] = [
  ['acme', 'acme'],
  ['late-acme', 'late-acme'],
  ['', 'nobody'],
  ['throws', 'nobody'],
  ['rejects', 'nobody'],
];
