import { inBackground } from '../../in-background.ts';
import type { KeyGrant } from '../../queries/index.ts';

const MIN_INTERVAL_MS = 60_000;
const MAX_KEYS = 10_000;

export type UseNotesDeps = {
  readonly clock: { nowMs(): number };
  readonly touch: (use: { readonly workspaceId: string; readonly keyId: string; readonly atMs: number }) => Promise<void>;
};

/** Notes the use of a key at most once a minute, beside the request: a list of keys may be a minute late, a batch may not. */
export function createUseNotes(deps: UseNotesDeps): (grant: KeyGrant) => void {
  const notedAtMs = new Map<string, number>();
  return ({ workspace, keyId }) => {
    const atMs = deps.clock.nowMs();
    if (atMs - (notedAtMs.get(keyId) ?? -Infinity) < MIN_INTERVAL_MS) return;
    if (notedAtMs.size >= MAX_KEYS) notedAtMs.clear();
    notedAtMs.set(keyId, atMs);
    // A note that could not be written is written with the next use after a minute.
    inBackground(deps.touch({ workspaceId: workspace.id, keyId, atMs }), () => undefined);
  };
}
