import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const APP = fileURLToPath(new URL('./support/tree-app.ts', import.meta.url));

test.each(['--async-context-frame', '--no-async-context-frame'])('runs are trees with %s, as before and since Node 24', async (flag) => {
  const { stdout } = await promisify(execFile)(process.execPath, [flag, '--conditions=llmobserve-source', APP], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  expect(JSON.parse(stdout)).toEqual({ calls: 200, sections: 300, lasting: 100 });
});
