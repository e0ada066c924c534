import { findMatches, type HouseRule } from './rule.ts';

/** The lock names versions and integrity; where the bytes come from is up to whoever installs. */
export const lockHosts: HouseRule = {
  name: 'lock-hosts',
  check: (file) =>
    /(^|\/)package-lock\.json$/.test(file.path)
      ? findMatches(file, /"resolved":\s*"[a-z+]+:[^"]*"/g, (resolved) => `no download addresses in the lock: ${resolved}`)
      : [],
};
