import { PACKAGE_NAME } from './package-identity.ts';

/** How the SDK speaks about itself: to the owner of the app, never to its users, and never by throwing. */
export type Diagnostics = {
  /** Says one sentence per cause, once in the life of the process. */
  warnOnce(cause: string, message: string): void;
  /** Said only with `debug: true`; what is not said need not be put into words. */
  debug(message: string | (() => string | undefined)): void;
  /** Counts what went wrong without a word. */
  count(cause: string): void;
};

/** Diagnostics as their owner holds them. */
export type OwnDiagnostics = Diagnostics & { setDebug(isDebug: boolean): void; counts(): Readonly<Record<string, number>> };

/** A cause is a name in our code; the bound is there for the day one of them carries something that varies. */
const MAX_CAUSES = 100;

/** Makes the one voice of the SDK. What `write` throws stays here. */
export function createDiagnostics(write: (line: string) => void): OwnDiagnostics {
  const said = new Set<string>();
  const counted = new Map<string, number>();
  let isDebug = false;

  function count(cause: string): void {
    if (counted.has(cause) || counted.size < MAX_CAUSES) counted.set(cause, (counted.get(cause) ?? 0) + 1);
  }

  function say(message: string): void {
    try {
      write(`${PACKAGE_NAME}: ${message}`);
    } catch {
      count('diagnostics_write');
    }
  }

  return {
    warnOnce(cause, message) {
      if (said.has(cause) || said.size >= MAX_CAUSES) return;
      said.add(cause);
      say(message);
    },
    debug(message) {
      if (!isDebug) return;
      const line = typeof message === 'string' ? message : message();
      if (line !== undefined) say(line);
    },
    count,
    setDebug(isOn) {
      isDebug = isOn;
    },
    counts: () => Object.fromEntries(counted),
  };
}
