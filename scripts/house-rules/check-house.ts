import type { Finding, HouseRule, SourceFile } from './rule.ts';

/** Runs every rule over every file; the findings come in the order of the files. */
export function checkHouse(rules: readonly HouseRule[], files: readonly SourceFile[]): readonly (Finding & { readonly rule: string })[] {
  return files.flatMap((file) => rules.flatMap((rule) => rule.check(file).map((finding) => ({ ...finding, rule: rule.name }))));
}
