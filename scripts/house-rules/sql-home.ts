import ts from 'typescript';
import { lineAt, type Finding, type HouseRule, type SourceFile } from './rule.ts';

const HOMES = /^packages\/collector\/src\/(queries|store)\//;
const STATEMENT =
  /^\s*(?:select\s[\s\S]+\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s+\S+\s+as\s*\(|create\s+(?:table|index|role)\s|alter\s+table\s)/i;

/** SQL stands in `queries` (one question a file) and in `store`, nowhere else in the collector. */
export const sqlHome: HouseRule = {
  name: 'sql-home',
  check: (file) =>
    file.path.startsWith('packages/collector/src/') && !HOMES.test(file.path) && file.path.endsWith('.ts') ? statementsIn(file) : [],
};

function statementsIn(file: SourceFile): readonly Finding[] {
  const findings: Finding[] = [];
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest);
  const visit = (node: ts.Node): void => {
    const isTagged = ts.isTaggedTemplateExpression(node) && node.tag.getText(source) === 'sql';
    if (isTagged || (isText(node) && STATEMENT.test(node.getText(source).slice(1)))) {
      findings.push({ path: file.path, line: lineAt(file.text, node.getStart(source)), message: 'SQL belongs in queries/ or store/' });
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return findings;
}

function isText(node: ts.Node): boolean {
  return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);
}
