/**
 * Lists the keys of an object by code unit, whatever order they were written in.
 *
 * @example sortedKeys({ b: 1, a: 2 }) // ['a', 'b']
 */
export function sortedKeys(record: { readonly [key: string]: unknown }): readonly string[] {
  const keys = Object.keys(record);
  // Our SDK and the ledger keep them sorted, and to see that costs a fifth of sorting.
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key) ? keys : keys.toSorted();
}
