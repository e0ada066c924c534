import { join } from 'node:path';
import { runDemo } from './demo/run-demo.ts';

process.exitCode = await runDemo({
  root: join(import.meta.dirname, '..'),
  env: process.env,
  args: process.argv.slice(2),
  say: (line) => console.log(line),
  complain: (line) => console.error(line),
});
// Connections that clients keep open would hold the process for a while after everything has been stopped.
process.exit();
