import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** The user a process is started as; empty means the present one. */
export type RunAs = { readonly uid?: number; readonly gid?: number };

/** PostgreSQL refuses to run as root, so root lends it the user nobody. */
export function findRunAs(): RunAs {
  if (userInfo().uid !== 0) return {};
  const nobody = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith('nobody:'));
  const [uid, gid] = (nobody?.split(':').slice(2, 4) ?? []).map(Number);
  return { uid: uid ?? 65_534, gid: gid ?? 65_534 };
}
