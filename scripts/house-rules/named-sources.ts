import { findMatches, type HouseRule } from './rule.ts';

/** A folder beside the composition roots; `sdk/src/edge/init.ts` is the root of runtimes other than Node. */
const ROOM = /^packages\/(?:sdk|collector|dashboard|pricing|protocol)\/src\/(?!edge\/init\.ts)[^/]+\//;
const SOURCE =
  /(?<![\w.])(?:Date\.now|Math\.random|performance\.now|randomUUID|randomBytes|crypto\.\w+|globalThis\.\w+\.(?:now|random))\(|\bnew Date\(\)/g;

/** Time and chance come in as `deps`, so that a test can hold them still; only files beside the rooms name where they come from. */
export const namedSources: HouseRule = {
  name: 'named-sources',
  check: (file) => (ROOM.test(file.path) ? findMatches(file, SOURCE, (call) => `${call} in a room: ask for it as deps`) : []),
};
