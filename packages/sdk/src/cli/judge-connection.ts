import { isJsonRecord } from '@llmobserve/protocol';
import type { Asked, Step } from './ask-collector.ts';
import type { Check } from './report.ts';

const START = 'start your collector, or set LLMOBSERVE_COLLECTOR_URL to where it listens';
/** What a failed step means, by Node's codes; the first that fits. */
const FAILURES: readonly (readonly [pattern: RegExp, message: string, advice: string])[] = [
  [
    /^name ENOTFOUND|^name EAI_/,
    'has a name that cannot be found',
    'name your own collector by LLMOBSERVE_COLLECTOR_URL or --collector; if that is its name, look at this machine’s DNS',
  ],
  [/ECONNREFUSED/, 'does not listen there', START],
  [
    /^http ETIMEDOUT/,
    'takes connections and answers nothing',
    'is that the collector’s port? If it is, look at the collector’s own log, and at what stands before it',
  ],
  [/ETIMEDOUT/, 'did not answer in time', 'a firewall may drop the connection: let this machine out to that address'],
  [/ECONNRESET|EPIPE|HPE_/, 'broke the connection', 'is that the right port, and http or https as it should be?'],
  [
    /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_/,
    'has a certificate that this Node does not trust',
    'add its authority by NODE_EXTRA_CA_CERTS, never by switching the check off',
  ],
  [/^tls/, 'does not speak TLS there', 'try the URL with http:// instead of https://, if that is your own network'],
];

type Where = { readonly origin: string; readonly hasProxy: boolean; readonly hasKey: boolean };

/** Says in words what the way to the collector and its answer mean: the connection, then what the key may do. */
export function judgeConnection(asked: Asked, where: Where): readonly Check[] {
  if (asked.kind === 'failure') return [judgeFailure(asked, where)];
  const { status, body, steps } = asked;
  const reached: Check = { name: 'connection', status: 'ok', message: `${where.origin} answered (${steps})` };
  if (status === 200) return judgePing(reached, parse(body));
  if (status === 401 && !where.hasKey) return [reached, { name: 'access', status: 'skip', message: 'left out: there is no key to show' }];
  if (status === 401)
    return [
      reached,
      refused('the collector does not know this key', 'was it revoked, or issued by another collector? Make a new one there'),
    ];
  if (status === 403)
    return [reached, refused('the collector knows this key and forbids it to be used here', 'make a key with the scope ingest')];
  if (status === 404) return [noCollector(where.origin, 'has no /v1/ping')];
  if (status === 429)
    return [
      reached,
      { name: 'access', status: 'warn', message: 'too many requests: the key could not be checked', advice: 'try again in a minute' },
    ];
  if (status >= 500)
    return [
      {
        name: 'connection',
        status: 'fail',
        message: `${where.origin} answered ${status}`,
        advice: 'look at the collector’s own log and its /ready',
      },
    ];
  return [noCollector(where.origin, `answered ${status}`)];
}

function judgeFailure({ at, code }: { readonly at: Step; readonly code: string }, where: Where): Check {
  const [, message, advice] = FAILURES.find(([pattern]) => pattern.test(`${at} ${code}`)) ?? ['', 'cannot be reached', START];
  const proxy = where.hasProxy ? '. This machine names an HTTP proxy, which the SDK does not use' : '';
  return { name: 'connection', status: 'fail', message: `${where.origin} ${message} (${at}: ${code})${proxy}`, advice };
}

function judgePing(reached: Check, ping: unknown): readonly Check[] {
  if (!isJsonRecord(ping) || !isJsonRecord(ping['workspace']) || !Array.isArray(ping['scopes'])) {
    return [reached, noCollector('it', 'answers, but not as a collector does')];
  }
  const scopes = ping['scopes'].filter((scope) => typeof scope === 'string');
  const environment = typeof ping['environment'] === 'string' ? `, environment ${ping['environment']}` : '';
  const message = `workspace ${JSON.stringify(ping['workspace']['name'])}${environment}, scopes ${scopes.join(' ')}`;
  if (scopes.includes('ingest')) return [reached, { name: 'access', status: 'ok', message }];
  return [
    reached,
    { name: 'access', status: 'fail', message: `this key may not send events: ${message}`, advice: 'make a key with the scope ingest' },
  ];
}

function refused(message: string, advice: string): Check {
  return { name: 'access', status: 'fail', message, advice };
}

function noCollector(what: string, how: string): Check {
  return { name: 'connection', status: 'fail', message: `${what} ${how}: that is no collector`, advice: START };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
