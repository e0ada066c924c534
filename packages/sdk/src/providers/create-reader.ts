import type { Reader } from './provider.ts';
import { pathsOf, quantities, type QuantityRow } from './read-quantities.ts';

/** Where an answer says what: paths like `a.b|c`, of which the first that leads somewhere counts. An empty one is the answer itself. */
export type AnswerForm = {
  readonly usage: string;
  readonly rows: readonly QuantityRow[];
  readonly model?: string;
  readonly id?: string;
  readonly tier?: string;
  readonly region?: string;
  /** Members of an event whose own members count as the answer's. */
  readonly wrapper?: string;
  /** What the last events of a stream hold once its usage is the whole. */
  readonly final?: RegExp;
};

/** Members that mean the same in every form. */
const COMMON = ['status', 'error', 'type', 'background'];

/** Prepares a family's form of answer for reading. */
export function createReader({ wrapper, rows, final, ...form }: AnswerForm): Reader {
  const { usage, model = 'model', id = 'id', tier = 'service_tier', region = 'region' } = form;
  const table = quantities(rows);
  const wrappers = wrapper?.split('|') ?? [];
  const at = { usage: pathsOf(usage), model: pathsOf(model), id: pathsOf(id), tier: pathsOf(tier), region: pathsOf(region) };
  const isFlat = at.usage.some((path) => path.length === 0);
  const units = isFlat ? table.flatMap((row) => row.paths.map(([first]) => first)) : [];
  const firsts = [...Object.values(at).flatMap((paths) => paths.map(([first]) => first)), ...units];
  const members = [...new Set([...firsts, ...wrappers, ...COMMON])].filter((name) => name !== undefined);
  const telling = [...at.usage.map(([first]) => first), ...units, ...wrappers, 'error', 'status'].filter(Boolean);
  // What stands in the head of an answer is told by names like `x-request-id`.
  const heads = members.filter((name) => name.startsWith('x-'));
  return { members, heads, wrappers, at, final, quantities: table, telling: new RegExp(`"(?:${telling.join('|')})"`) };
}
