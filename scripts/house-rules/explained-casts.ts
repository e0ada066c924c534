import ts from 'typescript';
import { lineAt, type Finding, type HouseRule, type SourceFile } from './rule.ts';

const SOURCES = /^packages\/[^/]+\/src\/.*\.tsx?$/;
/** How far above the cast the reason may stand: a cast is often in the middle of a statement. */
const LINES_ABOVE = 4;

/** The compiler believes a cast; so a word beside it says why a reader may (`Safe because …`). */
export const explainedCasts: HouseRule = {
  name: 'explained-casts',
  check: (file) => (SOURCES.test(file.path) ? castsIn(file).filter((finding) => !hasReason(file.text, finding.line)) : []),
};

function castsIn(file: SourceFile): readonly Finding[] {
  const findings: Finding[] = [];
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest);
  const visit = (node: ts.Node): void => {
    if (ts.isAsExpression(node) && node.type.getText(source) !== 'const') {
      const line = lineAt(file.text, node.getStart(source));
      findings.push({ path: file.path, line, message: `\`as ${node.type.getText(source)}\`: say why it is safe, or parse it` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return findings;
}

function hasReason(text: string, line: number): boolean {
  const around = text.split('\n').slice(Math.max(0, line - 1 - LINES_ABOVE), line);
  return around.some((each) => /\bsafe\b/i.test(each));
}
