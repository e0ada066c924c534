import type { Capture, CapturedCall } from './capture/index.ts';
import { createBaggageWriter } from './carry/index.ts';
import { resolveConfig, type InitOptions, type SdkConfig } from './config.ts';
import type { EngineDeps, EngineSpool } from './engine-deps.ts';
import { createCustomerFacts, createEventIds } from './event/index.ts';
import { createContentGate } from './fit-content.ts';
import { createObservers, type Observers } from './observers.ts';
import { Outbox } from './queue/index.ts';
import type { BatchRecorder, LiveEngine, Scope, Stats } from './runtime.ts';
import { createRequestKeeper } from './serverless/index.ts';
import { Delivery, isOwnHost, type Reply } from './transport/index.ts';
import { waitForCalls } from './wait-for-calls.ts';
import { withinBounds } from './within-bounds.ts';
import { writeCall } from './write-call.ts';

const FLUSH_TIMEOUT_MS = 5000;
const SHUTDOWN_TIMEOUT_MS = 2000;
/** What has ended is read this many times while a batch gathers. */
const READS_PER_INTERVAL = 5;
const SAVE_AFTER_MS = 50;
/** No timer of the runtime can wait longer. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Everything between a captured call and its acknowledgement, from the first `init` to `shutdown`, and again. */
export class Engine implements LiveEngine {
  readonly clock: EngineDeps['clock'];
  readonly observe: LiveEngine['observe'] = (observer) => this.#observers.add(observer);
  readonly timers: EngineDeps['timers'];
  readonly #deps: EngineDeps;
  readonly #outbox: Outbox;
  readonly #spool: EngineSpool;
  readonly #facts = createCustomerFacts();
  readonly #delivery: Delivery;
  readonly #nextEventId: () => string;
  readonly #observers: Observers;
  readonly #keepRequest: () => void;
  #options: InitOptions = {};
  #config: SdkConfig;
  #capture: Capture | undefined;
  /** Whether calls are taken: from an `init` that enables to `shutdown`, or to one that disables. */
  #isOn = false;
  #exit: { close(): void } | undefined;
  #recorder: BatchRecorder | undefined;
  #isEnding = false;
  #isSaving = false;
  /** From here on no timer comes any more. */
  #hasExited = false;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
    this.clock = deps.clock;
    this.timers = deps.timers;
    this.#config = resolveConfig({ enabled: false }, { env: {}, isKeyNeeded: false });
    this.#nextEventId = createEventIds(deps);
    this.#observers = createObservers(deps.diagnostics);
    this.#keepRequest = createRequestKeeper({ flush: () => this.flush(), onFault: () => deps.diagnostics.count('request') });
    this.#spool = deps.openSpool({
      head: () => this.#delivery.head(),
      lose: (...loss) => this.#outbox.loseInSpool(...loss),
      beat: () => this.#adopt(),
    });
    this.#outbox = new Outbox(this.#spool);
    this.#delivery = new Delivery({
      ...deps,
      outbox: this.#outbox,
      facts: this.#facts,
      gather: () => this.#capture?.drain(),
      post: (batchText) => this.#post(batchText),
      abort: () => deps.http.abort(),
      maxAgeMs: () => this.#config.flushIntervalMs,
    });
  }

  /** Takes settings: those that are named replace their last values. */
  configure(options: InitOptions): void {
    const { env, diagnostics } = this.#deps;
    const named = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    const merged: InitOptions = { ...this.#options, ...named };
    const next = resolveConfig(merged, { env, isKeyNeeded: this.#recorder === undefined });
    const last = this.#config;
    this.#options = merged;
    this.#config = next;
    diagnostics.setDebug(next.isDebug);
    if (last.apiKey !== next.apiKey || last.eventsUrl?.href !== next.eventsUrl?.href || last.spool !== next.spool) this.#retarget();
    const hasTarget = next.eventsUrl !== undefined || this.#recorder !== undefined;
    if (!hasTarget) {
      diagnostics.warnOnce('collector_url', `collectorUrl ${JSON.stringify(next.collectorUrl)} is no http(s) URL: nothing is captured`);
    }
    this.#isOn = next.isEnabled && hasTarget;
    if (!this.#isOn || JSON.stringify([last.providers, last.propagateTo]) !== JSON.stringify([next.providers, next.propagateTo]))
      this.#stopCapture();
    if (this.#isOn) this.#start();
  }

  /** Hands batches to a recorder instead of the collector, until it is taken away. */
  record(recorder: BatchRecorder | undefined): void {
    this.#recorder = recorder;
    this.#retarget();
  }

  async flush(timeoutMs?: number): Promise<boolean> {
    const deadlineMs = this.#deadlineMs(withinBounds(timeoutMs, FLUSH_TIMEOUT_MS, MAX_TIMEOUT_MS));
    const areCallsDone = await this.#waitForCalls(deadlineMs);
    return (await this.#settle(deadlineMs)) && areCallsDone;
  }

  async shutdown(timeoutMs?: number): Promise<void> {
    this.#isEnding = true;
    await this.#finish(withinBounds(timeoutMs, SHUTDOWN_TIMEOUT_MS, MAX_TIMEOUT_MS));
    // An init that came meanwhile has the last word.
    if (!this.#isEnding) return this.#start();
    this.#isOn = false;
    this.#exit?.close();
    this.#exit = undefined;
    this.#delivery.rest();
    this.#keepRest('shutdown');
  }

  /** What a client's own fetch asks at each call; undefined while nothing is captured. */
  get callFetch(): Capture['callFetch'] | undefined {
    return this.#capture?.callFetch;
  }

  stats(): Stats {
    this.#capture?.drain();
    return this.#outbox.stats();
  }

  /** Takes a call that came another way than over the wire; dropped while nothing is captured. */
  report(call: CapturedCall<Scope>): void {
    if (this.#isOn) this.#take(call, false);
  }

  newEventId(): string | undefined {
    return this.#isOn ? this.#nextEventId() : undefined;
  }

  fault(cause: string, message: string): void {
    this.#deps.diagnostics.count(cause);
    this.#deps.diagnostics.warnOnce(cause, message);
  }

  refuse(reason: string, message: string): void {
    if (!this.#isOn) return;
    this.#outbox.addLost(reason);
    this.#deps.diagnostics.warnOnce(reason, message);
  }

  async #post(batchText: string): Promise<Reply> {
    if (this.#recorder) return { kind: 'answer', status: 200, retryAfter: undefined, body: this.#recorder(batchText) };
    const { eventsUrl: url, apiKey, collectorUrl } = this.#config;
    return url
      ? this.#deps.http.post(batchText, { url, apiKey })
      : { kind: 'failure', reason: `no URL: ${collectorUrl}`, isStaleConnection: false };
  }

  #start(): void {
    this.#isEnding = this.#hasExited = false;
    this.#capture ??= this.#deps.startCapture({
      ...this.#deps,
      onCall: (call) => this.#take(call, true),
      currentScope: () => {
        this.#keepRequest();
        return this.#observers.mark(this.#deps.currentScope());
      },
      isOwnHost: (host) => this.#config.eventsUrl !== undefined && isOwnHost(this.#config.eventsUrl, host),
      providers: this.#config.providers,
      baggageFor: createBaggageWriter({ propagateTo: this.#config.propagateTo, fault: (...said) => this.fault(...said) }),
      readAfterMs: () => this.#readAfterMs(),
      isSameScope: (a, b) => this.#observers.isSameScope(a, b),
      content: createContentGate({ settings: () => this.#config, fault: (...said) => this.fault(...said) }),
      onLost: () => this.#outbox.addLost('capture_failed'),
    });
    this.#exit ??= this.#deps.watchExit({
      hurry: () => this.#hurry(),
      flushAtRest: (timeoutMs) => this.#flushAtRest(timeoutMs),
      finish: (timeoutMs) => this.#finish(timeoutMs),
      countLost: () => {
        this.#stopCapture();
        this.#observers.release();
        this.#keepRest('exit');
        this.#spool.close();
        this.#hasExited = true;
      },
    });
    this.#deps.timers.setTimer(() => this.#adopt(), 0);
    // Also after a shutdown, which let it rest.
    this.#delivery.hurry(0);
  }

  #readAfterMs(): number {
    const { isDebug, flushIntervalMs, spool } = this.#config;
    return isDebug ? 0 : Math.min(flushIntervalMs / READS_PER_INTERVAL, spool ? SAVE_AFTER_MS : flushIntervalMs);
  }

  /** Takes over what processes have left that are gone. */
  #adopt(): void {
    if (!this.#isOn) return;
    this.#spool.adopt();
    this.#delivery.wake();
  }

  /** What is kept on disk, and what is sent, belongs to one key and one address. */
  #retarget(): void {
    const { apiKey, eventsUrl, spool } = this.#config;
    this.#outbox.forgetAdopted();
    const isKept = spool !== false && eventsUrl !== undefined && !this.#recorder;
    this.#spool.use(isKept ? { root: typeof spool === 'string' ? spool : undefined, target: `${apiKey} ${eventsUrl.href}` } : undefined);
    this.#delivery.retarget();
  }

  #stopCapture(): void {
    this.#capture?.stop();
    this.#capture = undefined;
  }

  /** From here on the call is counted: whatever happens to it has a name. */
  #take(call: CapturedCall<Scope>, isFromWire: boolean): void {
    const customer = call.scope?.customer ?? this.#config.customer;
    this.#observers.tell(call, isFromWire, customer);
    if (this.#delivery.isBlocked) return this.#outbox.addLost('unauthorized');
    if (customer) this.#facts.note(customer);
    const { json, lostFor } = writeCall(call, { nextEventId: this.#nextEventId, settings: this.#config });
    if (lostFor) return this.#outbox.addLost(lostFor);
    const room = {
      maxBytes: this.#config.maxQueueBytes,
      overflowReason: this.#delivery.overflowReason,
      isKept: Boolean(this.#config.spool),
    };
    this.#outbox.add({ json, queuedAtMs: this.#deps.clock.monotonicMs() }, room);
    this.#delivery.wake();
    if (this.#hasExited) this.#keepRest('exit');
    else if (this.#config.spool) this.#saveSoon();
  }

  #saveSoon(): void {
    if (this.#isSaving) return;
    this.#isSaving = true;
    this.#deps.timers.setTimer(() => {
      this.#isSaving = false;
      this.#outbox.save();
    }, SAVE_AFTER_MS);
  }

  #deadlineMs(timeoutMs: number): number {
    return this.#deps.clock.monotonicMs() + timeoutMs;
  }

  #hurry(): void {
    this.#capture?.drain();
    this.#adopt();
    this.#delivery.hurry(this.#outbox.captured);
  }

  /** What is captured already does not wait for calls under way. */
  async #waitForCalls(deadlineMs: number): Promise<boolean> {
    this.#hurry();
    return this.#capture === undefined || waitForCalls(this.#capture, deadlineMs, this.#deps);
  }

  #settle(deadlineMs: number): Promise<boolean> {
    this.#observers.release();
    return this.#delivery.settleUpTo(this.#outbox.captured, deadlineMs);
  }

  /** Calls under way get half of the time, so that the rest is left to send what became of them. */
  async #finish(timeoutMs: number): Promise<void> {
    const deadlineMs = this.#deadlineMs(timeoutMs);
    await this.#waitForCalls(this.#deadlineMs(timeoutMs / 2));
    this.#stopCapture();
    // What the app tells of itself may go on meanwhile.
    while (await this.#settle(deadlineMs)) if (this.stats().queued === 0) return;
    this.#deps.http.abort();
  }

  /** Nothing runs any more, so what has not ended will not; should the process go on all the same, so does capture. */
  async #flushAtRest(timeoutMs: number): Promise<void> {
    if (this.#capture && this.#capture.pending() > 0) {
      this.#stopCapture();
      this.#start();
    }
    if (!(await this.#settle(this.#deadlineMs(timeoutMs)))) this.#deps.http.abort();
  }

  /** What could not be sent is for a later process, where there is a folder; the rest is lost. */
  #keepRest(reason: 'exit' | 'shutdown'): void {
    const { diagnostics } = this.#deps;
    this.#outbox.save();
    const count = this.#outbox.loseUnsafe(reason);
    diagnostics.debug(`ends with ${JSON.stringify(this.stats())}, faults ${JSON.stringify(diagnostics.counts())}`);
    if (count > 0) diagnostics.warnOnce('lost_at_end', `${count} events were not sent in time and are lost: before the end, await flush()`);
  }
}
