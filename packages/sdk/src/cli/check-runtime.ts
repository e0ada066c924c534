import type { Check } from './report.ts';

const OLDEST_MAJOR = 20;

/** Is this Node new enough? */
export function checkRuntime(version: string): Check {
  const isFit = Number.parseInt(version, 10) >= OLDEST_MAJOR;
  return isFit
    ? { name: 'node', status: 'ok', message: `Node ${version}` }
    : { name: 'node', status: 'fail', message: `Node ${version} is too old`, advice: `install Node ${OLDEST_MAJOR} or newer` };
}
