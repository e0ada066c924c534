/** The part of vitest's JSON report that is counted. */
export type TestReport = {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

/** Counts what a run proved. A file that could not be run at all, and a run that ended badly without saying why, are failures too. */
export function countTests(report: TestReport | undefined, exitCode: number): { readonly passed: number; readonly failed: number } {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const brokenFiles = files.filter((file) => file.status === 'failed' && file.assertionResults.every((each) => each.status !== 'failed'));
  const failed = tests.filter((each) => each.status === 'failed').length + brokenFiles.length;
  return {
    passed: tests.filter((each) => each.status === 'passed').length,
    failed: exitCode === 0 ? failed : Math.max(failed, 1),
  };
}
