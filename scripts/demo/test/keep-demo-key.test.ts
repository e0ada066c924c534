import { isApiKey } from '@llmobserve/protocol';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepDemoKey } from '../keep-demo-key.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llmobserve-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the key is made once, kept, and readable by its owner alone', () => {
  const dataDir = join(folder, 'new');
  const key = keepDemoKey(dataDir);
  expect(isApiKey(key)).toBe(true);
  expect(keepDemoKey(dataDir)).toBe(key);
  expect(statSync(join(dataDir, 'demo-key')).mode & 0o777).toBe(0o600);
});

test('a spoiled key is replaced', () => {
  writeFileSync(join(folder, 'demo-key'), 'not a key');
  expect(isApiKey(keepDemoKey(folder))).toBe(true);
});

test('a folder that cannot be written is one sentence that says what to do', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => keepDemoKey(join(folder, 'file'))).toThrow('LLMOBSERVE_DATA_DIR');
});
