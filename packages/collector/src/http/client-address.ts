import type { Context } from 'hono';

import type { AppEnv } from './app-env.ts';

const IPV6_NETWORK_GROUPS = 4;

/**
 * Names who is counted together when tries are limited: an IPv4 address, or an IPv6 network of 64 bits, since one host has all of it.
 *
 * `X-Forwarded-For` is not read: anyone can write it.
 */
export function clientAddress(c: Context<AppEnv>): string {
  return addressGroup(c.env.incoming.socket.remoteAddress ?? '');
}

/** @example addressGroup('2001:db8:1:2:3:4:5:6') // '2001:db8:1:2' */
export function addressGroup(address: string): string {
  if (address.startsWith('::ffff:') && address.includes('.')) return address.slice('::ffff:'.length);
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].slice(0, IPV6_NETWORK_GROUPS).join(':');
}
