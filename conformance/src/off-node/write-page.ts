import { LIMITS } from './limits.ts';
import type { Outcome } from './run-client.ts';

const INTRO = `# Conformance off Node

The same cases as on Node, in the real Bun, Deno and workerd: what the app gets, every byte its providers get and what was
counted, with the SDK and without. The table is written by \`npm run conformance:off-node -- --write-docs\`.
`;

/** Writes the page of the last run. */
export function writePage(outcomes: readonly Outcome[], date: Date): string {
  const failed = outcomes.filter(({ findings }) => findings.length > 0).length;
  const clients = [...new Set(outcomes.map(({ client }) => client))];
  const rows = [...new Set(outcomes.map(({ runtime, way }) => `${runtime} | ${way}`))].map((row) => {
    const ofRow = outcomes.filter(({ runtime, way }) => `${runtime} | ${way}` === row);
    return `| ${row} | ${clients.map((client) => countOf(ofRow.filter((outcome) => outcome.client === client))).join(' | ')} |`;
  });
  return [
    INTRO,
    `Run on ${date.toISOString().slice(0, 10)}: ${outcomes.length - failed} passed, ${failed} failed.`,
    '',
    `| Runtime | Captured by | ${clients.join(' | ')} |`,
    `|---|---|${'---|'.repeat(clients.length)}`,
    ...rows,
    '',
    '## What is not as on Node',
    '',
    ...LIMITS.map(({ runtimes, cases, why }) => `- ${runtimes.join(', ')}, ${cases.map((name) => `“${name}”`).join(', ')}: ${why}`),
    '',
  ].join('\n');
}

function countOf(outcomes: readonly Outcome[]): string {
  const held = outcomes.filter(({ findings }) => findings.length === 0).length;
  if (outcomes.length === 0) return '–';
  return held === outcomes.length ? `${held} of ${held}` : `**${held} of ${outcomes.length}**`;
}
