import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';

/**
 * Reads one order per line and, when its input ends, ends the listed processes and removes the listed folders.
 * The input ends however the test process dies, by SIGKILL too, which no exit handler would survive.
 */
const REAPER_SCRIPT = `
processes=' ' folders=' '
while read -r order name; do
  case $order in
    watch) processes="$processes$name " ;;
    forget) processes=$(printf %s "$processes" | sed "s, $name , ,") ;;
    sweep) folders="$folders$name " ;;
  esac
done
for name in $processes; do kill -9 "$name" 2>/dev/null; done
for name in $folders; do rm -rf "$name" || { sleep 1; rm -rf "$name"; }; done
`;

let orders: Writable | undefined;

/** Ends the process when this one has gone, unless the returned function was called before. */
export function reapProcess(pid: number): () => void {
  order(`watch ${pid}`);
  return () => order(`forget ${pid}`);
}

/** Removes the folder when this process has gone. */
export function reapFolder(path: string): void {
  order(`sweep ${path}`);
}

function order(line: string): void {
  orders ??= startReaper();
  orders.write(`${line}\n`);
}

function startReaper(): Writable {
  const reaper = spawn('/bin/sh', ['-c', REAPER_SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  reaper.unref();
  // A pipe to a child is a socket and keeps the event loop alive even after the child was unref'd.
  if (reaper.stdin instanceof Socket) reaper.stdin.unref();
  reaper.stdin.on('error', () => {});
  return reaper.stdin;
}
