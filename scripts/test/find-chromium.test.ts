import { expect, test } from 'vitest';
import { findChromium } from '../find-chromium.ts';

type Case = readonly [what: string, platform: string, env: Record<string, string>, present: readonly string[], found: string | undefined];

const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const WINDOWS_CHROME = String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`;

const CASES: readonly Case[] = [
  ['the one that is named', 'linux', { CHROME_PATH: '/opt/chrome' }, ['/opt/chrome', '/usr/bin/chromium'], '/opt/chrome'],
  ['nothing where the named one is missing', 'linux', { CHROME_PATH: '/opt/chrome' }, ['/usr/bin/chromium'], undefined],
  ['the package of a Linux distribution', 'linux', {}, ['/usr/bin/chromium'], '/usr/bin/chromium'],
  ['one on the PATH', 'linux', { PATH: '/usr/bin:/nix/bin' }, ['/nix/bin/google-chrome'], '/nix/bin/google-chrome'],
  ['an app on a Mac', 'darwin', {}, [MAC_CHROME], MAC_CHROME],
  ['a program on Windows', 'win32', { ProgramFiles: String.raw`C:\Program Files` }, [WINDOWS_CHROME], WINDOWS_CHROME],
  ['nothing where there is none', 'linux', { PATH: '/usr/bin' }, [], undefined],
];

test.each(CASES)('finds %s', (_what, platform, env, present, found) => {
  expect(findChromium({ platform, env, exists: (path) => present.includes(path) })).toBe(found);
});
