import { expect, test } from 'vitest';
import { npmBehind } from '../await-stop.ts';

test.each([
  ['a shell between npm and the demo', '  30210 sh\n', 30_210],
  ['a shell by its path', '30210 /bin/bash\n', 30_210],
  ['npm itself, after a shell that left its place', '  5643 npm run demo\n', undefined],
  ['node', '5643 node\n', undefined],
  ['nothing, where there is no ps', null, undefined],
  ['nothing, of a parent that has gone', '', undefined],
])('%s', (_name, said, expected) => {
  expect(npmBehind(said)).toBe(expected);
});
