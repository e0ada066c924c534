import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { reapProcess } from '@llmobserve/testkit';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');

/** An example that runs. */
export type Example = {
  readonly child: ChildProcess;
  /** What it has said on stdout and stderr. */
  said(): string;
  /** Waits until it has said this, and gives the line. */
  waitForLine(words: string): Promise<string>;
  /** Waits for its end, and gives its exit code. */
  waitForEnd(): Promise<number | null>;
};

/** Starts an example the way its own start script does, with the SDK from source. */
export function runExample(entry: string, env: Readonly<Record<string, string>>): Example {
  const child = spawn(process.execPath, ['--conditions=llmobserve-source', join(EXAMPLES, entry)], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) child.once('exit', reapProcess(child.pid));
  let said = '';
  const ended = once(child, 'close');
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const findLine = (words: string): string | undefined => said.split('\n').find((line) => line.includes(words));
  return {
    child,
    said: () => said,
    waitForLine: async (words) => {
      const isOver = ended.then(() => 'over' as const);
      while (findLine(words) === undefined) {
        const next = await Promise.race([once(child.stdout, 'data'), isOver]);
        if (next === 'over' && findLine(words) === undefined) throw new Error(`the example ended without "${words}":\n${said}`);
      }
      return findLine(words) ?? '';
    },
    waitForEnd: async () => {
      await ended;
      return child.exitCode;
    },
  };
}
