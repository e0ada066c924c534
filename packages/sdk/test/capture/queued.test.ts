import { expect, test } from 'vitest';
import { recordCapture } from './support/record-capture.ts';
import { useFakeOpenAi } from './support/start-fakes.ts';

const CUSTOMERS = Array.from({ length: 24 }, (_, number) => `customer-${number}`);

type AgentClass = new (options: { readonly connections: number }) => object;

/** The agent of the undici inside Node, which Node itself does not hand out. */
function builtInAgent(connections: number): object {
  const agent: unknown = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1'));
  const inner = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.2')) ?? agent;
  // Safe because the global dispatcher of a fresh process is Node's own agent, whose class takes these options.
  return new (Object.getPrototypeOf(inner).constructor as AgentClass)({ connections });
}

test('calls that wait in a pool for one of two connections keep their own customer', async () => {
  const fake = await useFakeOpenAi();
  const capture = recordCapture();
  await fetch(fake.url).then((answer) => answer.text()); // Node loads its undici with the first fetch.
  const dispatcher = builtInAgent(2);
  const ask = async (customer: string) => {
    const words = 'word '.repeat(CUSTOMERS.indexOf(customer) + 1).trim();
    const init = {
      method: 'POST',
      headers: { authorization: 'Bearer sk-fake' },
      body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: words }] }),
      dispatcher,
    };
    // Safe because Node's fetch takes a dispatcher, which the types of this one lack.
    return fetch(`${fake.url}/v1/chat/completions`, init as RequestInit).then((answer) => answer.json());
  };
  await Promise.all(CUSTOMERS.map((customer) => capture.asCustomer(customer, () => ask(customer))));
  const calls = await capture.untilCalls(CUSTOMERS.length);
  const seen = calls.map(({ scope, usage }) => `${scope?.customer} ${usage?.input}`).toSorted();
  expect(seen).toEqual(CUSTOMERS.map((customer, index) => `${customer} ${index + 1}`).toSorted());
  const asked = fake.requests.filter(({ method }) => method === 'POST');
  expect(new Set(asked.map(({ connection }) => connection)).size).toBe(2);
});
