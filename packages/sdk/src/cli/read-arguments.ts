/** What the command was asked for. */
export type Command =
  | { readonly kind: 'doctor'; readonly collectorUrl: string | undefined; readonly isJson: boolean; readonly isOffline: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'mistake'; readonly message: string };

export const USAGE = `Usage: llmobserve doctor [options]

Checks key, clock, connection and capture, and says what to do where something is wrong.

  --collector URL  the collector to check; default LLMOBSERVE_COLLECTOR_URL, else the hosted one
  --offline        leave the collector out
  --json           answer as JSON
  --version        the version of this package
  --help           this text

The key is read from LLMOBSERVE_API_KEY and never shown. Exit code: 0 when nothing failed, else 1.
`;

/** Reads the words behind the command's name. */
export function readArguments(words: readonly string[]): Command {
  if (words.includes('--help') || words.includes('-h') || words.length === 0) return { kind: 'help' };
  if (words.includes('--version')) return { kind: 'version' };
  const [command, ...options] = words;
  if (command !== 'doctor') return mistake(`there is no command ${JSON.stringify(command)}: the only one is doctor`);
  let collectorUrl: string | undefined;
  for (let at = 0; at < options.length; at += 1) {
    const [name = '', given] = (options[at] ?? '').split(/=(.*)/s, 2);
    if (name === '--collector') {
      collectorUrl = given ?? options[(at += 1)];
      if (!collectorUrl || collectorUrl.startsWith('--'))
        return mistake('--collector needs a URL behind it, such as http://127.0.0.1:8787');
    } else if ((name !== '--json' && name !== '--offline') || given !== undefined) {
      return mistake(`${JSON.stringify(options[at])} is no option of doctor`);
    }
  }
  return { kind: 'doctor', collectorUrl, isJson: options.includes('--json'), isOffline: options.includes('--offline') };
}

function mistake(message: string): Command {
  return { kind: 'mistake', message };
}
