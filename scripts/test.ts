import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countTests, type TestReport } from './count-tests.ts';
import { runConformance } from './run-conformance.ts';
import { findChromium } from './find-chromium.ts';
import { runTurbo } from './run-turbo.ts';

const NO_CHROMIUM = `
${'!'.repeat(100)}
!! The browser tests did NOT run: no Chromium was found. Install Chromium, or point CHROME_PATH at one, and run again.
${'!'.repeat(100)}
`;

const chromium = findChromium({ env: process.env, platform: process.platform, exists: existsSync });
const isChromiumRequired = process.env['CI'] === 'true' || process.env['LLMOBSERVE_REQUIRE_CHROMIUM'] === '1';

if (!chromium && isChromiumRequired) {
  console.error('The browser tests need Chromium: install it, or point CHROME_PATH at one.');
  process.exitCode = 1;
} else {
  const built = runTurbo(['run', 'build', '--output-logs=errors-only']);
  process.exitCode = built === 0 ? runTests() : built;
}

function runTests(): number {
  const folder = mkdtempSync(join(tmpdir(), 'llmobserve-tests-'));
  const reportPath = join(folder, 'report.json');
  const exitCode = runVitest(reportPath);
  const { passed, failed } = countTests(readReport(reportPath), exitCode);
  rmSync(folder, { recursive: true, force: true });
  // Whoever names some tests asks for these alone.
  const cases = process.argv.length > 2 ? { passed: 0, failed: 0 } : runConformance();
  if (!chromium) console.log(NO_CHROMIUM);
  console.log(`${passed + cases.passed} passed, ${failed + cases.failed} failed`);
  return exitCode === 0 && failed + cases.failed > 0 ? 1 : exitCode;
}

function runVitest(reportPath: string): number {
  const withoutBrowser = chromium ? [] : ['--project=!browser'];
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...reports, ...withoutBrowser, ...process.argv.slice(2)],
    { stdio: 'inherit', env: { ...process.env, ...(chromium ? { CHROME_PATH: chromium } : {}) } },
  );
  return status ?? 1;
}

function readReport(path: string): TestReport | undefined {
  // Safe because vitest wrote the file a moment ago and countTests reads nothing but its documented members.
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as TestReport) : undefined;
}
