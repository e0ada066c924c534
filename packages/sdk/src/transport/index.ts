export { createHttpPost } from './create-http-post.ts';
export type { HttpPost, Target } from './create-http-post.ts';
export { Delivery } from './delivery.ts';
export { isOwnHost } from './is-own-host.ts';
export type { Reply } from './judge-reply.ts';
