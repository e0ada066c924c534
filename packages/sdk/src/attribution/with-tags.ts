import type { Tags } from '@llmobserve/protocol';
import { readTags } from '../read-customer.ts';
import { liveRuntime } from '../runtime.ts';
import { inScope } from './in-scope.ts';

/**
 * Tags every call made inside `fn`, so that costs can be told apart by a trait of your own; tags of an outer scope stay.
 *
 * @example await withTags({ feature: 'chat' }, () => answerQuestion(question));
 */
export function withTags<T>(tags: Tags, fn: () => T): T {
  const read = readTags(tags);
  // The nearer first, so that they stay where all together are too many.
  return inScope(read && { tags: readTags({ ...read, ...liveRuntime().scopes.getStore()?.tags, ...read }) }, fn);
}
