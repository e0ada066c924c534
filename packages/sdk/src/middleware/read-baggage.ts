/** Headers as Node's servers give them. */
export type NodeHeaders = { readonly [name: string]: string | readonly string[] | undefined };

/** Several lines of one name are one list. */
export function readBaggage(headers: NodeHeaders): string | undefined {
  return headers['baggage'] === undefined ? undefined : String(headers['baggage']);
}
