import { parseArgs } from 'node:util';
import { NODE_MAJORS, type NodeMajor } from './runtimes.ts';

export const PARTS = ['quick', 'ci', 'all'] as const;
export type Part = (typeof PARTS)[number];

/** What the command line asks for. */
export type Choice = {
  readonly part: Part;
  /** Only clients whose names begin so, such as `openai` or `openai 4`. */
  readonly client: string | undefined;
  readonly node: NodeMajor | undefined;
  /** Only this load order. */
  readonly order: string | undefined;
  /** An SDK that is unpacked already, such as a published version; absent: packed from this repository. */
  readonly sdkFolder: string | undefined;
  readonly writesDocs: boolean;
};

/** Reads the command line. */
export function readChoice(args: readonly string[]): Choice {
  const { values } = parseArgs({
    args: [...args],
    options: {
      part: { type: 'string', default: 'quick' },
      client: { type: 'string' },
      node: { type: 'string' },
      order: { type: 'string' },
      sdk: { type: 'string' },
      'write-docs': { type: 'boolean', default: false },
    },
  });
  const part = PARTS.find((name) => name === values.part);
  const node = NODE_MAJORS.find((major) => String(major) === values.node);
  if (part === undefined) throw new TypeError(`--part is one of ${PARTS.join(', ')}`);
  if (values.node !== undefined && node === undefined) throw new TypeError(`--node is one of ${NODE_MAJORS.join(', ')}`);
  return { part, client: values.client, node, order: values.order, sdkFolder: values.sdk, writesDocs: values['write-docs'] };
}
