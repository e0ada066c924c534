/** Tells the SDK's own traffic, by `host` or `host:port`, so that it is never captured. */
export function isOwnHost(ownUrl: URL, host: string): boolean {
  const port = ownUrl.port || (ownUrl.protocol === 'https:' ? '443' : '80');
  const asked = host.toLowerCase();
  return asked === ownUrl.host || asked === `${ownUrl.hostname}:${port}`;
}
