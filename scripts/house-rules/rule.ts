/** A file of the repository as a rule sees it: no disk, no Git. */
export type SourceFile = {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
};

/** One place that breaks a rule of the house. */
export type Finding = { readonly path: string; readonly line: number; readonly message: string };

/** A rule is a pure function of one file. */
export type HouseRule = {
  readonly name: string;
  readonly check: (file: SourceFile) => readonly Finding[];
};

/** The 1-based line of an offset in a text. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** One finding for each match of a pattern, with the matched text for the message. */
export function findMatches(file: SourceFile, pattern: RegExp, message: (matched: string) => string): readonly Finding[] {
  return [...file.text.matchAll(pattern)].map((match) => ({
    path: file.path,
    line: lineAt(file.text, match.index),
    message: message(match[0].trim()),
  }));
}

/** True for TypeScript and JavaScript files. */
export function isScript(path: string): boolean {
  return /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/.test(path);
}
