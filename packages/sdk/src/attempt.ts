/**
 * Reads what the app passed, whatever it does when it is looked at: a getter may throw, a proxy may be revoked.
 *
 * @returns `undefined` where it throws.
 */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
