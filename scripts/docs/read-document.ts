/** A fenced block of code in a document. */
export type CodeBlock = { readonly language: string; readonly line: number; readonly code: string };

/** What a document claims about the repository. */
export type DocumentClaims = {
  readonly blocks: readonly CodeBlock[];
  readonly links: readonly { readonly line: number; readonly target: string }[];
  readonly mentions: readonly { readonly line: number; readonly text: string }[];
};

/** Reads a Markdown document: its code blocks, its links and what stands between backticks outside of blocks. */
export function readDocument(text: string): DocumentClaims {
  const blocks: CodeBlock[] = [];
  const prose: string[] = [];
  let open: { readonly fence: string; readonly language: string; readonly line: number; readonly lines: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^\s*(`{3,})\s*([\w-]*)/.exec(line);
    if (open && fence?.[1] === open.fence) {
      blocks.push({ language: open.language, line: open.line, code: open.lines.join('\n') });
      open = undefined;
    } else if (open) {
      open.lines.push(line);
    } else if (fence) {
      open = { fence: fence[1] ?? '', language: fence[2] ?? '', line: index + 1, lines: [] };
    }
    prose.push(open || fence ? '' : line);
  }
  return {
    blocks,
    links: matchesIn(prose, /\]\(([^)\s]+)[^)]*\)/g).map(({ line, text: target }) => ({ line, target })),
    mentions: matchesIn(prose, /`([^`]+)`/g),
  };
}

function matchesIn(lines: readonly string[], pattern: RegExp): { readonly line: number; readonly text: string }[] {
  return lines.flatMap((line, index) => [...line.matchAll(pattern)].map((match) => ({ line: index + 1, text: match[1] ?? '' })));
}
