import { findMatches, isScript, type HouseRule } from './rule.ts';

/** A door lists its names, so that a reader and a bundler see what goes through it. */
export const namedDoors: HouseRule = {
  name: 'named-doors',
  check: (file) =>
    isScript(file.path) ? findMatches(file, /^[ \t]*export\s+(?:type\s+)?\*/gm, () => 'list the names instead of `export *`') : [],
};
