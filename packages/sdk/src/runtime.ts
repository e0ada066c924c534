import { AsyncLocalStorage } from 'node:async_hooks';
import type { CustomerRef, Tags } from '@llmobserve/protocol';
import type { Capture, CapturedCall } from './capture/index.ts';
import type { InitOptions } from './config.ts';
import { sha256Hex } from './sha256-hex.ts';
import { webCrypto } from './web-crypto.ts';
import type { Timers } from './timers.ts';

/** The run a call belongs to: its id is the trace id. */
export type RunRef = { readonly name: string; readonly traceId: string; readonly runId?: string | undefined };

/** What the app said of the work it is doing, in one async context. */
export type Scope = {
  readonly customer?: CustomerRef | undefined;
  readonly section?: string | undefined;
  readonly run?: RunRef | undefined;
  /** 32 hex digits: of the run, or of the outermost section where there is none. */
  readonly traceId?: string | undefined;
  /** 16 hex digits: of the innermost open section or run. */
  readonly spanId?: string | undefined;
  /** Of the calls themselves, beside those of the customer. */
  readonly tags?: Tags | undefined;
  /** What an observer carries beside a call; never part of what is running. */
  readonly mark?: object;
};

/** What became of every captured call; captured = sent + queued + the sum of lost, at any moment. */
export type Stats = {
  /** Calls seen since the process started. */
  readonly captured: number;
  /** Acknowledged by the collector. */
  readonly sent: number;
  /** Waiting or on the way. */
  readonly queued: number;
  /** Given up, by reason. */
  readonly lost: Readonly<Record<string, number>>;
};

/** Stands in for the collector: takes the text of a batch, gives its answer. */
export type BatchRecorder = (batchText: string) => string;

/** Stands beside capture, as the OpenTelemetry bridge does. */
export type Observer = {
  /** Asked in the app's async context when a request is made; comes back as the `mark` of the call's scope. */
  mark?(): object | undefined;
  /** Told of each call as it is taken, with the scope it was made in. */
  onCall?(call: CapturedCall<Scope>, isFromWire: boolean): void;
  /** Reports what it keeps back: somebody waits for it. */
  release?(): void;
};

/** The working part, made by the first `init` and shared by every copy of this package in the process. */
export type LiveEngine = {
  configure(options: InitOptions): void;
  record(recorder: BatchRecorder | undefined): void;
  flush(timeoutMs?: number): Promise<boolean>;
  shutdown(timeoutMs?: number): Promise<void>;
  stats(): Stats;
  /** Does a call of a fetch that nothing else may see, and watches it; absent while nothing is captured. */
  readonly callFetch?: Capture['callFetch'] | undefined;
  /** Takes a call that came another way than over the wire, such as one the app tells of; dropped while disabled. */
  report(call: CapturedCall<Scope>): void;
  /** Lets somebody stand beside capture; gives the way back. */
  observe(observer: Observer): () => void;
  readonly clock: { nowMs(): number; monotonicMs(): number };
  readonly timers: Timers;
  /** The id of an event to come, whose last digits name its span; absent while nothing is captured. */
  newEventId(): string | undefined;
  /** Counts something of the app's that could not be used, and says it once per cause. */
  fault(cause: string, message: string): void;
  /** The same for a call: it counts as captured and lost. */
  refuse(reason: string, message: string): void;
};

/** Its shape is a contract between versions of this package that meet in one process: members may be added, none changed. */
export type Runtime = {
  readonly scopes: AsyncLocalStorage<Scope | undefined>;
  readonly newTraceId: () => string;
  readonly sha256Hex: (text: string) => string;
  engine: LiveEngine | undefined;
};

const RUNTIME_KEY: unique symbol = Symbol.for('llmobserve.runtime.v1');

/** Finds the one runtime of this process, whichever copy of the package asks first. */
export function liveRuntime(): Runtime {
  const world: typeof globalThis & { [RUNTIME_KEY]?: Runtime } = globalThis;
  world[RUNTIME_KEY] ??= {
    scopes: new AsyncLocalStorage<Scope | undefined>(),
    newTraceId: () => webCrypto().randomUUID().replaceAll('-', ''),
    sha256Hex,
    engine: undefined,
  };
  return world[RUNTIME_KEY];
}
