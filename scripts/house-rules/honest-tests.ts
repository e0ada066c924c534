import { findMatches, type HouseRule } from './rule.ts';

const NOT_RUN = /\b(?:it|test|describe|suite|bench)(?:\.\w+)*\.(?:skip|only|todo|fails|skipIf|runIf)\b/g;

/** Every test that is written is run, every time. The tests of this rule have to spell out what it refuses. */
export const honestTests: HouseRule = {
  name: 'honest-tests',
  check: (file) =>
    /\/test\/|\.test\.|\.test-d\./.test(file.path) && !file.path.startsWith('scripts/test/')
      ? findMatches(file, NOT_RUN, (call) => `${call} leaves a test out: mend it or delete it`)
      : [],
};
