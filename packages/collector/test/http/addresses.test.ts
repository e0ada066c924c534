import { describe, expect, test } from 'vitest';
import { addressGroup } from '../../src/http/client-address.ts';
import { isOwnOrigin } from '../../src/http/own-origin.ts';

const LOCAL = { host: '127.0.0.1', publicUrl: undefined };
const OPEN = { host: '0.0.0.0', publicUrl: undefined };
const PUBLIC = { host: '0.0.0.0', publicUrl: 'https://costs.example.com/' };

describe('an origin is ours', () => {
  test.each([
    [LOCAL, 'http://127.0.0.1:8787', '127.0.0.1:8787', true],
    [LOCAL, 'http://localhost:8787', 'localhost:8787', true],
    [LOCAL, 'http://[::1]:8787', '[::1]:8787', true],
    [LOCAL, 'http://localhost:8787', '127.0.0.1:8787', false],
    [LOCAL, 'http://localhost:3000', 'localhost:8787', false],
    // A foreign name that was made to resolve to this machine.
    [LOCAL, 'http://rebound.example:8787', 'rebound.example:8787', false],
    [LOCAL, 'null', 'localhost:8787', false],
    [LOCAL, 'nonsense', undefined, false],
    [OPEN, 'http://192.168.1.5:8787', '192.168.1.5:8787', true],
    [OPEN, 'http://evil.example', '192.168.1.5:8787', false],
    [PUBLIC, 'https://costs.example.com', 'internal:8787', true],
    [PUBLIC, 'http://costs.example.com', 'costs.example.com', false],
    [PUBLIC, 'https://evil.example', 'evil.example', false],
  ])('%j %s asked as %s: %s', (own, origin, askedHost, isOurs) => {
    expect(isOwnOrigin(own, origin, askedHost)).toBe(isOurs);
  });
});

describe('who is counted together', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('%s is counted as %s', (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });
});
