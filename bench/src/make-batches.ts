import { makeBatch, makeEvent } from '@llmobserve/testkit';

const EVENTS_PER_BATCH = 500;
const CUSTOMERS = 200;
const SECTIONS = ['agent:researcher/tool:search', 'agent:writer', 'agent:reviewer/step:rank'];

/** The bodies of one round, as text: new ids each time, two models, two hundred customers, and every twentieth body sent once more. */
export function makeBatches(count: number): readonly string[] {
  const fresh = Array.from({ length: count }, () => JSON.stringify(makeBatch(Array.from({ length: EVENTS_PER_BATCH }, makeBenchEvent))));
  return fresh.flatMap((body, index) => (index % 20 === 19 ? [body, body] : [body]));
}

/** How many events the bodies of a round hold. */
export function countEvents(bodies: readonly string[]): number {
  return bodies.length * EVENTS_PER_BATCH;
}

function makeBenchEvent(_: unknown, index: number) {
  const isMini = index % 3 === 0;
  return makeEvent({
    model: isMini ? 'gpt-4o-mini-2024-07-18' : 'gpt-4o-2024-08-06',
    requestedModel: isMini ? 'gpt-4o-mini' : 'gpt-4o',
    status: 'ok',
    responseId: `chatcmpl-${index.toString(36)}`,
    customer: `customer-${(index * 7) % CUSTOMERS}`,
    user: `user-${index % 1000}`,
    session: `session-${index % 50}`,
    section: SECTIONS[index % SECTIONS.length] ?? '',
    environment: 'production',
    tags: { feature: 'chat', plan: index % 2 === 0 ? 'pro' : 'free' },
    attributes: { region: 'eu', retries: 0 },
  });
}
