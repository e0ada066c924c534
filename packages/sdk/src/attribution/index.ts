export { onlyInScope } from './in-scope.ts';
export { keepRequestsApart } from './keep-requests-apart.ts';
export { run } from './run.ts';
export { agent, section, step, tool } from './section.ts';
export { setCustomer, withCustomer } from './with-customer.ts';
export { withTags } from './with-tags.ts';
