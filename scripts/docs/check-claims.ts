import { dirname, join, matchesGlob } from 'node:path/posix';
import { readDocument } from './read-document.ts';

/** What the documents are held against. */
export type Repository = {
  /** Every file, from the root. */
  readonly paths: readonly string[];
  /** Names of npm scripts, by folder of their package; the root is ''. */
  readonly scripts: Readonly<Record<string, readonly string[]>>;
};

export type Claim = { readonly path: string; readonly line: number; readonly message: string };

const TOP_LEVEL = /^(?:packages|examples|scripts|docs|bench|e2e|deploy|\.changeset|\.ci|\.github)\//;

/** Every path, link and npm script that a document names and the repository does not have. */
export function checkClaims(repository: Repository, path: string, text: string): readonly Claim[] {
  const { links, mentions, blocks } = readDocument(text);
  const shells = blocks.filter((block) => /^(?:sh|bash|shell|console)$/.test(block.language));
  const commands = [...mentions, ...shells.map((block) => ({ line: block.line, text: block.code }))];
  return [
    ...links
      .filter(({ target }) => !/^(?:[a-z]+:|#)/i.test(target) && !hasPath(repository, join(dirname(path), target.replace(/#.*/, ''))))
      .map(({ line, target }) => ({ path, line, message: `the link ${target} leads nowhere` })),
    ...mentions
      .filter((mention) => TOP_LEVEL.test(mention.text) && !/\s/.test(mention.text) && !hasPath(repository, mention.text))
      .map((mention) => ({ path, line: mention.line, message: `${mention.text} does not exist` })),
    ...commands.flatMap((command) =>
      missingScripts(repository, command.text).map((name) => ({ path, line: command.line, message: `npm run ${name} does not exist` })),
    ),
  ];
}

/** `<name>` and `*` in a path stand for anything; a folder may end with a slash. */
function hasPath({ paths }: Repository, named: string): boolean {
  const pattern = named.replace(/<[^>]+>/g, '*').replace(/\/$/, '');
  if (pattern === '.' || pattern === '') return true;
  return paths.some(
    (path) => path === pattern || path.startsWith(`${pattern}/`) || matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`),
  );
}

function missingScripts({ scripts }: Repository, command: string): readonly string[] {
  return [...command.matchAll(/npm run ([\w:-]+)(?:[^\n]*? -w (\S+))?/g)]
    .filter(([, name = '', folder = '']) => !scripts[folder]?.includes(name))
    .map(([, name = '', folder]) => (folder ? `${name} -w ${folder}` : name));
}
