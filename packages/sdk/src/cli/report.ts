/** How one check of the doctor ended; only `fail` makes the exit code 1. */
export type CheckStatus = 'ok' | 'warn' | 'fail' | 'skip';

export type Check = {
  readonly name: string;
  readonly status: CheckStatus;
  /** What was found, in one sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
};

export type Report = {
  readonly version: string;
  readonly isOk: boolean;
  readonly durationMs: number;
  readonly checks: readonly Check[];
};

const SIGNS: Readonly<Record<CheckStatus, string>> = { ok: 'ok  ', warn: 'warn', fail: 'FAIL', skip: 'skip' };

/** Writes a report for people: a line a check, and under it what to do. */
export function writeReport({ version, isOk, durationMs, checks }: Report): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, status, message, advice }) => [
    `${SIGNS[status]}  ${name.padEnd(width)}  ${message}`,
    ...(advice === undefined ? [] : [`      ${' '.repeat(width)}  → ${advice}`]),
  ]);
  const failed = checks.filter(({ status }) => status === 'fail').length;
  const verdict = isOk ? 'Everything that was checked works.' : `${failed} of ${checks.length} checks failed.`;
  return [`llmobserve doctor ${version}`, '', ...lines, '', `${verdict} (${(durationMs / 1000).toFixed(1)} s)`, ''].join('\n');
}
