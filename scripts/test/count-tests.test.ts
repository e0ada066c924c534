import { expect, test } from 'vitest';
import { countTests } from '../count-tests.ts';

function file(status: string, ...tests: readonly string[]) {
  return { status, assertionResults: tests.map((each) => ({ status: each })) };
}

test.each([
  ['all tests passed', [file('passed', 'passed', 'passed'), file('passed', 'passed')], 0, { passed: 3, failed: 0 }],
  ['one test failed', [file('failed', 'passed', 'failed')], 1, { passed: 1, failed: 1 }],
  ['a file could not be read', [file('failed'), file('passed', 'passed')], 1, { passed: 1, failed: 1 }],
  ['a test failed in one file and another could not be read', [file('failed', 'failed'), file('failed')], 1, { passed: 0, failed: 2 }],
  ['an error was thrown outside of every test', [file('passed', 'passed')], 1, { passed: 1, failed: 1 }],
  ['a test did not run', [file('passed', 'passed', 'skipped')], 0, { passed: 1, failed: 0 }],
])('%s', (_what, testResults, exitCode, counts) => {
  expect(countTests({ testResults }, exitCode)).toEqual(counts);
});

test('a run without a report failed', () => {
  expect(countTests(undefined, 1)).toEqual({ passed: 0, failed: 1 });
});
