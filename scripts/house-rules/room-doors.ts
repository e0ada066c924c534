import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import { isScript, lineAt, type Finding, type HouseRule, type SourceFile } from './rule.ts';

/**
 * A room of a package (a folder right under `src`) is entered by its door `index.ts` or by that of a folder inside it; tests
 * may look behind doors, and `import()` makes a chunk of one file. No path leaves its own package: other packages are named.
 */
export const roomDoors: HouseRule = {
  name: 'room-doors',
  check: (file) => (isScript(file.path) ? importsOf(file).flatMap((target) => checkImport(file, target)) : []),
};

type ImportTarget = { readonly path: string; readonly line: number; readonly isLazy: boolean };

function importsOf(file: SourceFile): readonly ImportTarget[] {
  return ts
    .preProcessFile(file.text, true, true)
    .importedFiles.filter((imported) => imported.fileName.startsWith('.') && isScript(imported.fileName))
    .map(({ fileName, pos }) => ({
      path: join(dirname(file.path), fileName),
      line: lineAt(file.text, pos),
      isLazy: /\bimport\s*\(\s*['"]?$/.test(file.text.slice(0, pos)),
    }));
}

function checkImport(file: SourceFile, target: ImportTarget): readonly Finding[] {
  const home = homeOf(file.path);
  if (!home) return [];
  if (!target.path.startsWith(`${home}/`) && !target.path.startsWith('scripts/')) {
    return [{ path: file.path, line: target.line, message: `${target.path} is outside ${home}: import the package by its name` }];
  }
  const room = target.isLazy ? undefined : roomOf(target.path, home);
  if (!room || room === roomOf(file.path, home) || !file.path.startsWith(`${home}/src/`)) return [];
  if (/\/index\.tsx?$/.test(target.path)) return [];
  return [{ path: file.path, line: target.line, message: `${target.path}: enter the room by its door, src/${room}/index.ts` }];
}

/** The package, example or workspace a file belongs to. */
function homeOf(path: string): string | undefined {
  return /^(?:(?:packages|examples)\/[^/]+|bench|e2e)(?=\/)/.exec(path)?.[0];
}

function roomOf(path: string, home: string): string | undefined {
  return /^\/src\/([^/]+)\//.exec(path.slice(home.length))?.[1];
}
