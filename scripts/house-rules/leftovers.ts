import { findMatches, type Finding, type HouseRule, type SourceFile } from './rule.ts';

type Leftover = { readonly pattern: RegExp; readonly message: (matched: string) => string };

const LEFTOVERS: readonly Leftover[] = [
  { pattern: /\b(?:todo|fixme)\b|\bhack:/gi, message: (word) => `${word}: file an issue or do it` },
  { pattern: /(?<![\w.$/}])\/(?:work|home|Users|root)\/(?!me\/)[\w.-]+\//g, message: (path) => `${path} exists on one machine only` },
  { pattern: /(?<![\w.$/}])\/tmp\/[\w.-]+\//g, message: (path) => `${path}: ask the operating system for a temporary folder` },
  { pattern: /https?:\/\/[\w.-]*(?:registry|npm|nexus|artifactory|verdaccio|mirror)[\w-]*\.[\w.:-]+/gi, message: foreignRegistry },
  { pattern: /(?<=@ts-)(?:ignore|nocheck)\b/g, message: (word) => `@ts-${word}: mend the type` },
  {
    pattern: /(?:oxlint|eslint)-disable(?!-next-line [\w/-]+ -- \w)/g,
    message: () => 'a disabled rule names the rule, one line, and why (`-- reason`)',
  },
];

/** What was left behind and helps nobody: notes to oneself, paths of one machine, registries of one network, silenced checks. */
export const leftovers: HouseRule = {
  name: 'leftovers',
  check: (file) => (isExempt(file.path) ? [] : LEFTOVERS.flatMap((leftover) => findLeftovers(file, leftover))),
};

/** These rules and their tests have to spell out what they look for; locks and lists from others are not ours to word. */
function isExempt(path: string): boolean {
  return (
    path.startsWith('scripts/house-rules/') || path.startsWith('scripts/test/') || path.endsWith('package-lock.json') || path === 'LICENSE'
  );
}

function findLeftovers(file: SourceFile, { pattern, message }: Leftover): readonly Finding[] {
  return findMatches(file, pattern, message).filter((finding) => finding.message !== '');
}

function foreignRegistry(url: string): string {
  return /\/\/(?:registry\.|www\.)?npmjs\.(?:org|com)/.test(url)
    ? ''
    : `${url}: name no registry, installs use whatever the machine is set to`;
}
