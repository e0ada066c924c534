import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';

const BINARY = /\.(png|jpg|ico|woff2?|tgz|gz|pdf)$/;

/** The text files of the repository: tracked ones and new ones that Git does not ignore. */
export function listFiles(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
  return listed.split('\0').filter((path) => path !== '' && !BINARY.test(path) && isFile(path));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
