import { expect, test } from 'vitest';
import { countCases } from '../run-conformance.ts';

test.each([
  ['a run that went well', 'openai 7 on Node 24: ok\n12 passed, 0 failed\n', 0, { passed: 12, failed: 0 }],
  ['a run with failures', '10 passed, 2 failed\n', 1, { passed: 10, failed: 2 }],
  ['a run that fell over before it could count', 'Error: no Node 20\n', 1, { passed: 0, failed: 1 }],
  ['a run that was ended from outside', '', null, { passed: 0, failed: 1 }],
])('%s is counted', (_name, stdout, exitCode, counted) => {
  expect(countCases(stdout, exitCode)).toEqual(counted);
});
