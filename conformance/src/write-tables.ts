import type { Outcome } from './run-cell.ts';

const INTRO = `# Conformance

What an app does with and without the SDK, held against each other: what the app gets, every byte its providers get, how its
process ends; and what was counted, to the token. A number is a major of Node on which all cases of the row held for that client.
[How it works](../conformance/README.md); the tables are written by \`npm run conformance -- --part all --write-docs\`.
`;

/** Writes the page of the last run. */
export function writeTables(outcomes: readonly Outcome[], run: { readonly part: string; readonly date: Date }): string {
  const failed = outcomes.filter(({ findings }) => findings.length > 0).length;
  const families = unique(outcomes.map(({ family }) => family));
  return [
    INTRO,
    `Part \`${run.part}\`, run on ${run.date.toISOString().slice(0, 10)} on Node ${listNodes(outcomes)}: ${outcomes.length - failed} passed, ${failed} failed.`,
    '',
    ...families.flatMap((family) =>
      writeFamily(
        family,
        outcomes.filter((outcome) => outcome.family === family),
      ),
    ),
    '## Load orders',
    '',
    ...writeTable('Client', outcomes, { rowOf: ({ client }) => client, columnOf: ({ order }) => order }),
    '',
  ].join('\n');
}

function listNodes(outcomes: readonly Outcome[]): string {
  return unique(outcomes.map(({ nodeVersion }) => nodeVersion))
    .toSorted()
    .join(', ');
}

function writeFamily(family: string, outcomes: readonly Outcome[]): readonly string[] {
  return [`## ${family}`, '', ...writeTable('Kind', outcomes, { rowOf: ({ kind }) => kind, columnOf: ({ client }) => client }), ''];
}

type Axes = { rowOf(outcome: Outcome): string; columnOf(outcome: Outcome): string };

function writeTable(title: string, outcomes: readonly Outcome[], { rowOf, columnOf }: Axes): readonly string[] {
  const columns = unique(outcomes.map(columnOf));
  const rows = unique(outcomes.map(rowOf)).map((row) => {
    const ofRow = outcomes.filter((outcome) => rowOf(outcome) === row);
    const cells = columns.map((column) => writeCell(ofRow.filter((outcome) => columnOf(outcome) === column)));
    return `| ${row} | ${cells.join(' | ')} |`;
  });
  return [`| ${title} | ${columns.join(' | ')} |`, `|---|${'---|'.repeat(columns.length)}`, ...rows];
}

function writeCell(outcomes: readonly Outcome[]): string {
  const nodes = [...new Set(outcomes.map(({ node }) => node))].toSorted((left, right) => left - right);
  const marks = nodes.map((node) => {
    const ofNode = outcomes.filter((outcome) => outcome.node === node);
    const broken = ofNode.filter(({ findings }) => findings.length > 0).length;
    return broken === 0 ? String(node) : `**${node}: ${broken} of ${ofNode.length} broken**`;
  });
  return marks.length === 0 ? '–' : marks.join(' ');
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
