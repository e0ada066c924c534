const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

export type OwnAddress = {
  /** Where people reach the collector, when its owner said so. */
  readonly publicUrl: string | undefined;
  /** What it listens on. */
  readonly host: string;
};

/**
 * True when a page of ours sent the request.
 *
 * Without a public URL the page's host has to be the one that was asked; a collector on loopback answers to loopback names only,
 * so that a foreign name which resolves to this machine is not taken for ours.
 */
export function isOwnOrigin(own: OwnAddress, origin: string, askedHost: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  if (own.publicUrl !== undefined && page.origin === new URL(own.publicUrl).origin) return true;
  if (page.host !== askedHost) return false;
  const listensOnLoopback = LOOPBACK_NAMES.has(own.host) || own.host === '::1';
  return own.publicUrl === undefined && (!listensOnLoopback || LOOPBACK_NAMES.has(page.hostname));
}
