import type { ChildProcess } from 'node:child_process';
import { isJsonRecord } from '@llmobserve/protocol';

/** What a collector says once it listens. */
export type FirstLine = { readonly url: string; readonly signInUrl: string | undefined };

/** Waits for the first line on stdout, which is JSON with `url`. */
export function readFirstLine(child: ChildProcess, timeoutMs: number): Promise<FirstLine> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error(`no first line on stdout within ${timeoutMs} ms`)), timeoutMs);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`it ended with exit code ${code}`));
    });
    child.stdout?.on('data', (chunk: string | Buffer) => {
      text += String(chunk);
      const end = text.indexOf('\n');
      if (end === -1) return;
      clearTimeout(timer);
      const said = parseFirstLine(text.slice(0, end));
      if (said) resolve(said);
      else reject(new Error(`the first line on stdout is not JSON with a url: ${text.slice(0, end)}`));
    });
  });
}

/** Reads the line; undefined when it is something else. */
export function parseFirstLine(line: string): FirstLine | undefined {
  try {
    const said: unknown = JSON.parse(line);
    if (!isJsonRecord(said) || typeof said['url'] !== 'string') return undefined;
    return { url: said['url'], signInUrl: typeof said['signInUrl'] === 'string' ? said['signInUrl'] : undefined };
  } catch {
    return undefined;
  }
}
