import type { CustomerRef, Tags } from '@llmobserve/protocol';
import type { Redact } from './fit-content.ts';
import { fitName } from './fit-name.ts';
import { readCustomer, readTags } from './read-customer.ts';
import { PACKAGE_NAME } from './package-identity.ts';
import { withinBounds } from './within-bounds.ts';

/** Settings of `init`; a member that is left out keeps its last value or its default. */
export type InitOptions = {
  /** Secret key `llmo_sk_…`; default `LLMOBSERVE_API_KEY`. */
  readonly apiKey?: string | undefined;
  /** Where the collector listens; default `LLMOBSERVE_COLLECTOR_URL`, else the hosted one. */
  readonly collectorUrl?: string | undefined;
  /** Such as `production`; wins over the key's. */
  readonly environment?: string | undefined;
  /** Version of the app. */
  readonly release?: string | undefined;
  /** Whom calls are for when no `withCustomer` says so. */
  readonly customer?: string | CustomerRef | undefined;
  /** Of every call of this process, as `{ region: 'eu' }`. */
  readonly tags?: Tags | undefined;
  /** Own services that are told whom a request is for, by W3C `baggage`: exact hosts, or `*.internal.example`. */
  readonly propagateTo?: readonly string[] | undefined;
  /** How long a captured call may wait for company; default 500. */
  readonly flushIntervalMs?: number | undefined;
  /** Most memory that waiting events may take; default 8 MiB. */
  readonly maxQueueBytes?: number | undefined;
  /**
   * Where events outlive the process. By default what is left at its end is kept in the folder for temporary files, for the
   * next one to send; `true` or a folder keeps every event until it has arrived; `false` keeps nothing.
   */
  readonly spool?: boolean | string | undefined;
  /** Own gateways by host, as `{ 'llm.internal:4000': 'openai' }`. */
  readonly providers?: Readonly<Record<string, string>> | undefined;
  /** Keeps what was asked and answered with each call, 16 kB of either at most; off by default. */
  readonly captureContent?: boolean | undefined;
  /** Sees the content of each call before it is kept, and gives what may be kept of it. */
  readonly redact?: Redact | undefined;
  /** Explains what happens, line by line. */
  readonly debug?: boolean | undefined;
  /** `false` captures nothing and needs no key. */
  readonly enabled?: boolean | undefined;
};

/** Settings as the rest of the SDK reads them: complete, checked, frozen. */
export type SdkConfig = {
  readonly isEnabled: boolean;
  readonly isDebug: boolean;
  readonly captureContent: boolean;
  readonly redact: Redact | undefined;
  readonly apiKey: string;
  /** Absent when the app's URL is none. */
  readonly eventsUrl: URL | undefined;
  readonly collectorUrl: string;
  readonly environment: string | undefined;
  readonly release: string | undefined;
  readonly customer: CustomerRef | undefined;
  readonly tags: Tags | undefined;
  readonly propagateTo: readonly string[];
  readonly flushIntervalMs: number;
  readonly maxQueueBytes: number;
  /** Undefined keeps what is left at the end. */
  readonly spool: boolean | string | undefined;
  readonly providers: Readonly<Record<string, string>>;
};

export type Env = Readonly<Record<string, string | undefined>>;

const HOSTED_COLLECTOR_URL = 'https://api.llmobserve.com';
/** Half of the second after which a lone call is to be seen; the way and the commit take the rest. */
const FLUSH_INTERVAL_MS = 500;
const MAX_QUEUE_BYTES = 8 * 1024 * 1024;
/** Beyond this a setting is a mistake of units. */
const MAX_FLUSH_INTERVAL_MS = 60_000;
const MAX_QUEUE_BYTES_LIMIT = 1024 * 1024 * 1024;

/**
 * Resolves settings once: code beats environment beats default. Nothing else in the SDK reads `process.env`.
 *
 * @throws {TypeError} when there is no key anywhere and one is needed.
 */
export function resolveConfig(options: InitOptions, needs: { readonly env: Env; readonly isKeyNeeded: boolean }): SdkConfig {
  const { env } = needs;
  const isEnabled = options.enabled !== false;
  // A key out of a file often ends in a line break.
  const apiKey = options.apiKey?.trim() || (env['LLMOBSERVE_API_KEY']?.trim() ?? '');
  if (isEnabled && needs.isKeyNeeded && apiKey === '') {
    throw new TypeError(`${PACKAGE_NAME}: pass { apiKey } to init() or set LLMOBSERVE_API_KEY ({ enabled: false } needs no key)`);
  }
  const collectorUrl = options.collectorUrl?.trim() || env['LLMOBSERVE_COLLECTOR_URL']?.trim() || HOSTED_COLLECTOR_URL;
  return Object.freeze({
    isEnabled,
    isDebug: options.debug === true,
    captureContent: options.captureContent === true,
    redact: options.redact,
    apiKey,
    collectorUrl,
    eventsUrl: readEventsUrl(collectorUrl),
    environment: fitName(options.environment),
    release: fitName(options.release),
    customer: readCustomer(options.customer),
    tags: readTags(options.tags),
    propagateTo: readHosts(options.propagateTo),
    flushIntervalMs: withinBounds(options.flushIntervalMs, FLUSH_INTERVAL_MS, MAX_FLUSH_INTERVAL_MS),
    maxQueueBytes: withinBounds(options.maxQueueBytes, MAX_QUEUE_BYTES, MAX_QUEUE_BYTES_LIMIT),
    spool: options.spool === '' ? undefined : options.spool,
    providers: options.providers ?? {},
  });
}

/** The environment of this process, empty where a runtime has none. */
export function readEnv(): Env {
  return globalThis.process?.env ?? {};
}

/** Untyped callers name one host without a list. */
function readHosts(value: unknown): readonly string[] {
  const named: readonly unknown[] = Array.isArray(value) ? value : [value];
  return named.flatMap((host) => (typeof host === 'string' && host.trim() !== '' ? [host.trim().toLowerCase()] : []));
}

function readEventsUrl(collectorUrl: string): URL | undefined {
  if (!URL.canParse(collectorUrl)) return undefined;
  const base = new URL(collectorUrl);
  if (base.protocol !== 'http:' && base.protocol !== 'https:') return undefined;
  base.search = '';
  base.hash = '';
  base.pathname = `${base.pathname.replace(/\/+$/, '')}/v1/events`;
  return base;
}
