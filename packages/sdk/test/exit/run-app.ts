import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { makeTemporaryFolder } from '../support/make-temporary-folder.ts';
import { startChatProvider } from '../support/start-chat-provider.ts';
import { KEY } from '../support/start-test-engine.ts';

export type AppEnd = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the app's last call to its end. */
  readonly endMs: number;
};

export type AppSetting = {
  readonly collectorUrl: string;
  readonly signal?: NodeJS.Signals;
  /** Where the app finds what another one left. */
  readonly tmpdir?: string;
};

const APP = fileURLToPath(new URL('./app.ts', import.meta.url));

/** Runs the app in a process of its own against `collectorUrl`, sends it a signal once it waits, and tells how it ended. */
export async function runApp(ending: string, { collectorUrl, signal, tmpdir }: AppSetting): Promise<AppEnd> {
  const providerUrl = await startChatProvider();
  const app = spawn(process.execPath, ['--conditions=llmobserve-source', APP, ending, providerUrl], {
    env: {
      ...process.env,
      LLMOBSERVE_API_KEY: KEY,
      LLMOBSERVE_COLLECTOR_URL: collectorUrl,
      NODE_OPTIONS: '',
      TMPDIR: tmpdir ?? makeTemporaryFolder(),
    },
  });
  onTestFinished(() => void app.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  let lastCallAtMs = 0;
  app.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  app.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (lastCallAtMs > 0 || !stdout.includes('captured')) return;
    lastCallAtMs = performance.now();
    if (signal) app.kill(signal);
  });
  return new Promise((resolve) => {
    app.on('close', (code, endSignal) => {
      resolve({ code, signal: endSignal, stdout, stderr, endMs: performance.now() - lastCallAtMs });
    });
  });
}
