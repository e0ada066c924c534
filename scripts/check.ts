import { spawnSync } from 'node:child_process';

const STEPS = ['format', 'lint', 'house', 'types', 'unused', 'docs', 'package'];

const broken = STEPS.filter((step) => !isFine(step));
if (broken.length > 0) {
  console.error(`\nBroken: ${broken.map((step) => `npm run check:${step}`).join(', ')}`);
  process.exitCode = 1;
}

/** Runs one step, says how long it took, and shows what it printed only where it found something. */
function isFine(step: string): boolean {
  const startedAtMs = performance.now();
  const { status, stdout, stderr } = spawnSync(`npm run --silent check:${step}`, { shell: true, encoding: 'utf8' });
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'BROKEN'} ${step} ${seconds} s`);
  if (status !== 0) console.error(`${stdout}${stderr}`);
  return status === 0;
}
