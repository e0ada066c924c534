import type { HouseRule } from './rule.ts';

const NAMELESS = new Set(['shared', 'core', 'utils', 'util', 'common', 'types', 'helpers', 'lib', 'misc']);

/** A folder says what lives in it: god modules and import rings begin in folders that could hold anything. */
export const folderNames: HouseRule = {
  name: 'folder-names',
  check: ({ path }) => {
    const nameless = path
      .split('/')
      .slice(0, -1)
      .find((folder) => NAMELESS.has(folder));
    return nameless ? [{ path, line: 1, message: `the folder name ${nameless} says nothing: name what lives there` }] : [];
  },
};
