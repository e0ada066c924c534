export { buildEvent } from './build-event.ts';
export { createCustomerFacts } from './create-customer-facts.ts';
export { createEventIds } from './create-event-ids.ts';
export { uuidOfDigest } from './uuid-of-digest.ts';
