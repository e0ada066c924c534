import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { KEY } from '../support/start-test-engine.ts';

export type AppEnd = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the app's last call to its end. */
  readonly endMs: number;
};

const APP = fileURLToPath(new URL('./app.ts', import.meta.url));
const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
};

/** Runs the app in a process of its own against `collectorUrl`, sends it a signal once it waits, and tells how it ended. */
export async function runApp(ending: string, { collectorUrl, signal }: { collectorUrl: string; signal?: NodeJS.Signals }): Promise<AppEnd> {
  const providerUrl = await startProvider();
  const app = spawn(process.execPath, ['--conditions=llmobserve-source', APP, ending, providerUrl], {
    env: { ...process.env, LLMOBSERVE_API_KEY: KEY, LLMOBSERVE_COLLECTOR_URL: collectorUrl, NODE_OPTIONS: '' },
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

/** Answers each chat call with an id of its own, `slow` ones after a while. */
async function startProvider(): Promise<string> {
  let ordinal = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      ordinal += 1;
      response.setHeader('content-type', 'application/json');
      const answer = JSON.stringify({ ...ANSWER, id: `chatcmpl-${ordinal}` });
      setTimeout(() => response.end(answer), body.includes('slow') ? 400 : 0);
    });
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}
