import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { reapProcess } from '../../src/index.ts';

test('a script that only starts and stops a server runs to its end', async () => {
  const script = `import { startPostgres } from '${new URL('../../src/index.ts', import.meta.url).href}';
    const postgres = await startPostgres(); await postgres.kill9(); await postgres.start(); await postgres.stop(); console.log('stopped');`;
  const child = spawn(process.execPath, ['--conditions=llmobserve-source', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  reapProcess(child.pid ?? 0);
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect([said, code]).toEqual(['stopped\n', 0]);
});
