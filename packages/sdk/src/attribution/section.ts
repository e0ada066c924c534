import { MAX_SECTION_PATH_LENGTH, sectionSegment, type SectionKind } from '@llmobserve/protocol';
import { fitName } from '../fit-name.ts';
import { liveRuntime } from '../runtime.ts';
import { inSpan } from './in-span.ts';

/**
 * Names a part of your app, so that costs can be told apart by it; sections nest into a path.
 *
 * @example await section('onboarding', () => answerQuestion(question));
 */
export function section<T>(name: string, fn: () => T): T {
  return inSection(undefined, name, fn);
}

/**
 * Marks what one agent of your app does: the section `agent:<name>`.
 *
 * @example await agent('researcher', () => research(question));
 */
export function agent<T>(name: string, fn: () => T): T {
  return inSection('agent', name, fn);
}

/**
 * Marks what one tool of an agent does: the section `tool:<name>`.
 *
 * @example await tool('search', () => index.query({ vector, topK: 5 }));
 */
export function tool<T>(name: string, fn: () => T): T {
  return inSection('tool', name, fn);
}

/**
 * Marks one step of a pipeline: the section `step:<name>`.
 *
 * @example await step('rank', () => rank(candidates));
 */
export function step<T>(name: string, fn: () => T): T {
  return inSection('step', name, fn);
}

function inSection<T>(kind: SectionKind | undefined, name: string, fn: () => T): T {
  const path = nestSection(liveRuntime().scopes.getStore()?.section, kind, name);
  return path === undefined ? fn() : inSpan(kind ?? 'section', { section: path }, fn);
}

/** At the bound the innermost name takes the place of the one before it: an agent that calls itself keeps its name and a bounded path. */
function nestSection(outer: string | undefined, kind: SectionKind | undefined, name: unknown): string | undefined {
  const bare = fitName(name);
  if (bare === undefined) return undefined;
  const segment = fitName(sectionSegment(kind, bare)) ?? bare;
  let path = outer;
  while (path && path.length + 1 + segment.length > MAX_SECTION_PATH_LENGTH) path = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return path ? `${path}/${segment}` : segment;
}
