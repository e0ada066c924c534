/** Who a call is made for, as the app names it. */
export type CustomerRef = {
  /** Chosen by the app, and the same wherever this customer is meant. */
  readonly id: string;
  /** For people to read. */
  readonly name?: string | undefined;
  /** The person inside the customer. */
  readonly user?: string | undefined;
  /** That person's session. */
  readonly session?: string | undefined;
  /** What the customer pays for, such as `pro`. */
  readonly plan?: string | undefined;
  readonly tags?: Tags | undefined;
};

/** Words of the app's own to tell costs apart by, name by value. */
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
