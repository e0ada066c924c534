/** Who a call is made for, as the app names it. */
export type CustomerRef = {
  readonly id: string;
  readonly name?: string;
  readonly user?: string;
  readonly session?: string;
  readonly plan?: string;
  readonly tags?: Tags;
};

export type Tags = Readonly<Record<string, string>>;

/** What is known of a customer beyond its id; sent once when it changes. */
export type CustomerFacts = {
  readonly id: string;
  readonly name?: string;
  readonly plan?: string;
  readonly tags?: Tags;
};

export const SECTION_KINDS = ['agent', 'tool', 'step'] as const;
export type SectionKind = (typeof SECTION_KINDS)[number];

export const MAX_NAME_LENGTH = 200;
export const MAX_SECTION_PATH_LENGTH = 1000;

const PATH_SIGNS = /[/:]/g;

/**
 * Names one part of a section path; `/` and `:` inside a name become `_`.
 *
 * @example sectionSegment('agent', 'a/b') // 'agent:a_b'
 */
export function sectionSegment(kind: SectionKind | undefined, name: string): string {
  const safe = name.replace(PATH_SIGNS, '_');
  return kind ? `${kind}:${safe}` : safe;
}

/**
 * Finds the bare name of the innermost agent in a section path.
 *
 * @example innermostAgent('agent:writer/agent:critic/tool:search') // 'critic'
 */
export function innermostAgent(sectionPath: string): string | undefined {
  const agent = sectionPath.split('/').findLast((segment) => segment.startsWith('agent:'));
  return agent?.slice('agent:'.length);
}
