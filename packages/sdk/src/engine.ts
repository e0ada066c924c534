import type { CustomerRef, SdkIdentity } from '@llmobserve/protocol';
import type { Capture, CaptureDeps, CapturedCall } from './capture/index.ts';
import { resolveConfig, type Env, type InitOptions, type SdkConfig } from './config.ts';
import type { OwnDiagnostics } from './diagnostics.ts';
import { buildEvent, createCustomerFacts, createEventIds } from './event/index.ts';
import { createLedger } from './ledger.ts';
import { EventQueue, flushReason } from './queue/index.ts';
import type { BatchRecorder, LiveEngine, Scope, Stats } from './runtime.ts';
import type { Timers } from './timers.ts';
import { Delivery, isOwnHost, type HttpPost, type Reply } from './transport/index.ts';
import { waitForCalls } from './wait-for-calls.ts';
import type { ExitHooks } from './watch-exit.ts';

export type Clock = { nowMs(): number; monotonicMs(): number };

export type EngineDeps = {
  readonly env: Env;
  readonly identity: SdkIdentity;
  readonly diagnostics: OwnDiagnostics;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly currentScope: () => Scope | undefined;
  readonly startCapture: (deps: CaptureDeps<Scope>) => Capture;
  readonly http: HttpPost;
  readonly watchExit: (hooks: ExitHooks) => { close(): void };
};

const FLUSH_TIMEOUT_MS = 5000;
const SHUTDOWN_TIMEOUT_MS = 2000;
/** No batch could carry more beside it, and no call that is ours comes near. */
const MAX_EVENT_BYTES = 1_000_000;

/** Everything between a captured call and its acknowledgement, from the first `init` to `shutdown`, and again. */
export class Engine implements LiveEngine {
  readonly #deps: EngineDeps;
  readonly #ledger = createLedger();
  readonly #facts = createCustomerFacts();
  readonly #queue = new EventQueue();
  readonly #delivery: Delivery;
  readonly #nextEventId: () => string;
  #options: InitOptions = {};
  #config: SdkConfig;
  #capture: Capture | undefined;
  #exit: { close(): void } | undefined;
  #recorder: BatchRecorder | undefined;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
    this.#config = resolveConfig({ enabled: false }, { env: deps.env, isKeyNeeded: false });
    this.#nextEventId = createEventIds({ nowMs: () => deps.clock.nowMs(), randomBytes: deps.randomBytes });
    this.#delivery = this.#createDelivery();
  }

  /** Takes settings: those that are named replace their last values. */
  configure(options: InitOptions): void {
    const named = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    const merged: InitOptions = { ...this.#options, ...named };
    const next = resolveConfig(merged, { env: this.#deps.env, isKeyNeeded: this.#recorder === undefined });
    const last = this.#config;
    this.#options = merged;
    this.#config = next;
    this.#deps.diagnostics.setDebug(next.isDebug);
    if (last.apiKey !== next.apiKey || last.eventsUrl?.href !== next.eventsUrl?.href) this.#delivery.retarget();
    if (JSON.stringify(last.providers) !== JSON.stringify(next.providers)) this.#stopCapture();
    if (next.isEnabled && this.#hasTarget()) this.#start();
    else this.#stopCapture();
  }

  /** Hands batches to a recorder instead of the collector, until it is taken away. */
  record(recorder: BatchRecorder | undefined): void {
    this.#recorder = recorder;
    this.#delivery.retarget();
  }

  async flush(timeoutMs: number = FLUSH_TIMEOUT_MS): Promise<boolean> {
    const deadlineMs = this.#deadlineMs(timeoutMs >= 0 ? timeoutMs : FLUSH_TIMEOUT_MS);
    const areCallsDone = await this.#waitForCalls(deadlineMs);
    return (await this.#settle(deadlineMs)) && areCallsDone;
  }

  async shutdown(timeoutMs: number = SHUTDOWN_TIMEOUT_MS): Promise<void> {
    await this.#finish(timeoutMs);
    this.#exit?.close();
    this.#exit = undefined;
    this.#giveUp('shutdown');
  }

  stats(): Stats {
    return { captured: this.#ledger.captured(), sent: this.#ledger.sent(), queued: this.#queue.size, lost: this.#ledger.lost() };
  }

  #createDelivery(): Delivery {
    const { http, identity, diagnostics, clock, timers, random } = this.#deps;
    return new Delivery({
      queue: this.#queue,
      ledger: this.#ledger,
      facts: this.#facts,
      post: (batchText) => this.#post(batchText),
      abort: () => http.abort(),
      isDue: (queue, limits) => flushReason(queue, limits) !== undefined,
      maxAgeMs: () => this.#config.flushIntervalMs,
      identity,
      diagnostics,
      clock,
      timers,
      random,
    });
  }

  async #post(batchText: string): Promise<Reply> {
    if (this.#recorder) return { kind: 'answer', status: 200, retryAfter: undefined, body: this.#recorder(batchText) };
    const { eventsUrl: url, apiKey, collectorUrl } = this.#config;
    return url
      ? this.#deps.http.post(batchText, { url, apiKey })
      : { kind: 'failure', reason: `no URL: ${collectorUrl}`, isStaleConnection: false };
  }

  #hasTarget(): boolean {
    if (this.#config.eventsUrl || this.#recorder) return true;
    const { collectorUrl } = this.#config;
    this.#deps.diagnostics.warnOnce('collector_url', `collectorUrl ${JSON.stringify(collectorUrl)} is no http(s) URL: nothing is captured`);
    return false;
  }

  #start(): void {
    const { currentScope, diagnostics, clock, startCapture, watchExit } = this.#deps;
    this.#capture ??= startCapture({
      onCall: (call) => this.#take(call),
      currentScope,
      isOwnHost: (host) => this.#config.eventsUrl !== undefined && isOwnHost(this.#config.eventsUrl, host),
      providers: this.#config.providers,
      diagnostics,
      clock,
    });
    this.#exit ??= watchExit({
      hurry: () => this.#delivery.hurry(this.#ledger.captured()),
      flushAtRest: (timeoutMs) => this.#flushAtRest(timeoutMs),
      finish: (timeoutMs) => this.#finish(timeoutMs),
      countLost: () => {
        this.#stopCapture();
        this.#giveUp('exit');
      },
    });
    this.#delivery.wake();
  }

  #stopCapture(): void {
    this.#capture?.stop();
    this.#capture = undefined;
  }

  /** From here on the call is counted: whatever happens to it has a name. */
  #take(call: CapturedCall<Scope>): void {
    const number = this.#ledger.addCaptured();
    const customer: CustomerRef | undefined = call.scope?.customer ?? this.#config.customer;
    if (customer) this.#facts.note(customer);
    if (this.#delivery.isBlocked) return this.#ledger.addLost('unauthorized', 1);
    const json = this.#serialise(call);
    if (json === undefined) return this.#ledger.addLost('unreadable', 1);
    const sizeBytes = Buffer.byteLength(json);
    if (sizeBytes > MAX_EVENT_BYTES) return this.#ledger.addLost('too_large', 1);
    const queuedAtMs = this.#deps.clock.monotonicMs();
    const dropped = this.#queue.push({ number, json, sizeBytes, queuedAtMs }, this.#config.maxQueueBytes);
    this.#ledger.addLost(this.#delivery.overflowReason, dropped);
    this.#delivery.wake();
  }

  #serialise(call: CapturedCall<Scope>): string | undefined {
    try {
      return JSON.stringify(buildEvent(this.#nextEventId(), call, this.#config));
    } catch {
      // Such as a start that is no time, or attributes that hold themselves.
      this.#deps.diagnostics.count('event_unreadable');
      return undefined;
    }
  }

  #deadlineMs(timeoutMs: number): number {
    return this.#deps.clock.monotonicMs() + timeoutMs;
  }

  #waitForCalls(deadlineMs: number): Promise<boolean> {
    return this.#capture ? waitForCalls(this.#capture, deadlineMs, this.#deps) : Promise.resolve(true);
  }

  #settle(deadlineMs: number): Promise<boolean> {
    return this.#delivery.settleUpTo(this.#ledger.captured(), Math.max(0, deadlineMs - this.#deps.clock.monotonicMs()));
  }

  /** Calls under way get half of the time, so that the rest is left to send what became of them. */
  async #finish(timeoutMs: number): Promise<void> {
    const deadlineMs = this.#deadlineMs(timeoutMs);
    await this.#waitForCalls(this.#deadlineMs(timeoutMs / 2));
    this.#stopCapture();
    if (!(await this.#settle(deadlineMs))) this.#delivery.abort();
  }

  /** Nothing runs any more, so what has not ended will not; should the process go on all the same, so does capture. */
  async #flushAtRest(timeoutMs: number): Promise<void> {
    if (this.#capture && this.#capture.pending() > 0) {
      this.#stopCapture();
      this.#start();
    }
    if (!(await this.#settle(this.#deadlineMs(timeoutMs)))) this.#delivery.abort();
  }

  #giveUp(reason: 'exit' | 'shutdown'): void {
    const count = this.#delivery.giveUp(reason);
    const { diagnostics } = this.#deps;
    diagnostics.debug(`ends with ${JSON.stringify(this.stats())}, faults ${JSON.stringify(diagnostics.counts())}`);
    if (count === 0) return;
    diagnostics.warnOnce(
      'lost_at_end',
      `${count} events were not sent in time and are lost: is the collector reachable? Before process.exit(), await flush()`,
    );
  }
}
