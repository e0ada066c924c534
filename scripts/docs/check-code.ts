import ts from 'typescript';
import { readDocument, type CodeBlock } from './read-document.ts';
import type { Claim } from './check-claims.ts';

const EXTENSIONS: Readonly<Record<string, string>> = {
  ts: 'ts',
  typescript: 'ts',
  tsx: 'tsx',
  js: 'js',
  javascript: 'js',
  mjs: 'mjs',
  cjs: 'cjs',
};

/** A block of a document as a file of its own, beside the packages it imports. */
type Snippet = { readonly document: string; readonly block: CodeBlock; readonly fileName: string };

/** Type-checks every TypeScript and JavaScript block of the documents; each block stands alone, as a reader would paste it. */
export function checkCode(documents: readonly { readonly path: string; readonly text: string }[], folder: string): readonly Claim[] {
  const snippets = documents.flatMap(({ path, text }) =>
    readDocument(text)
      .blocks.filter((block) => block.language in EXTENSIONS)
      .map((block, index) => ({ document: path, block, fileName: `${folder}/__docs__/${snippetName(path, index, block.language)}` })),
  );
  const program = ts.createProgram({ rootNames: snippets.map((snippet) => snippet.fileName), options: OPTIONS, host: hostOf(snippets) });
  return snippets.flatMap((snippet) => findProblems(program, snippet));
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  customConditions: ['llmobserve-source'],
  types: ['node'],
  strict: true,
  allowJs: true,
  checkJs: true,
  noImplicitAny: false,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
};

function snippetName(path: string, index: number, language: string): string {
  return `${path.replaceAll(/[/.]/g, '-')}-${index}.${EXTENSIONS[language]}`;
}

function hostOf(snippets: readonly Snippet[]): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  // A block is a module even where it imports nothing, so that two blocks may use the same names.
  const codes = new Map(
    snippets.map(({ fileName, block }) => [fileName, fileName.endsWith('cjs') ? block.code : `${block.code}\nexport {};`]),
  );
  return {
    ...host,
    fileExists: (name) => codes.has(name) || host.fileExists(name),
    readFile: (name) => codes.get(name) ?? host.readFile(name),
    getSourceFile: (name, languageVersion) => {
      const code = codes.get(name);
      return code === undefined ? host.getSourceFile(name, languageVersion) : ts.createSourceFile(name, code, languageVersion);
    },
  };
}

function findProblems(program: ts.Program, { document, block, fileName }: Snippet): readonly Claim[] {
  const source = program.getSourceFile(fileName);
  const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return diagnostics.map(({ start = 0, messageText }) => ({
    path: document,
    line: block.line + (source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1,
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
  }));
}
