import { readFileSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import { checkClaims } from './docs/check-claims.ts';
import { checkCode } from './docs/check-code.ts';
import { listFiles } from './list-files.ts';

const paths = listFiles();
const scripts = Object.fromEntries(
  paths.filter((path) => /(^|\/)package\.json$/.test(path)).map((path) => [folderOf(path), scriptsOf(path)]),
);
const documents = paths
  .filter((path) => path.endsWith('.md') && !path.startsWith('.changeset/'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const claims = [
  ...documents.flatMap(({ path, text }) => checkClaims({ paths, scripts }, path, text)),
  ...checkCode(documents, `${process.cwd()}/e2e`),
];
for (const claim of claims) console.error(`${claim.path}:${claim.line} ${claim.message}`);
if (claims.length > 0) process.exitCode = 1;

function folderOf(path: string): string {
  return path === 'package.json' ? '' : dirname(path);
}

function scriptsOf(path: string): readonly string[] {
  // Safe because npm has read the same file before anything here could run.
  const { scripts: named } = JSON.parse(readFileSync(path, 'utf8')) as { readonly scripts?: Readonly<Record<string, string>> };
  return Object.keys(named ?? {});
}
