import { AsyncLocalStorage } from 'node:async_hooks';
import { randomFillSync, randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { CapturedCall } from '../../src/capture/index.ts';
import type { InitOptions } from '../../src/config.ts';
import { createDiagnostics } from '../../src/diagnostics.ts';
import type { EngineDeps } from '../../src/engine-deps.ts';
import { Engine } from '../../src/engine.ts';
import { NO_SPOOL } from '../../src/spool/index.ts';
import type { Scope } from '../../src/runtime.ts';
import { createTimers, type Timers } from '../../src/timers.ts';
import { createHttpPost } from '../../src/transport/index.ts';
import { installTaps } from '../../src/wire/index.ts';

export type TestEngine = {
  readonly engine: Engine;
  /** What the SDK said, line by line. */
  readonly lines: readonly string[];
  /** Plays the end of one provider call. */
  capture(overrides?: Partial<CapturedCall<Scope>>): void;
  captureMany(count: number): void;
  /** Plays a call that was seen and could not be read. */
  lose(): void;
  /** Plays the beginning of calls that have not ended. */
  setPending(count: number): void;
  /** Plays the end of the process, after which nothing of this engine counts. */
  exit(): void;
  isCapturing(): boolean;
};

export const KEY = 'llmo_sk_0123456789abcdefghijklmnopqrstuv40nqT8';

/** The engine with its real queue, transport and sockets; only the wire's end is played by the test, and time may run faster. */
export function startTestEngine(options: InitOptions, speed = 1, openSpool: EngineDeps['openSpool'] = () => NO_SPOOL): TestEngine {
  const lines: string[] = [];
  const timers = speedUp(createTimers(), speed);
  const scopes = new AsyncLocalStorage<Scope>();
  let onLost: (() => void) | undefined;
  let onCall: ((call: CapturedCall<Scope>) => void) | undefined;
  const instance = randomUUID();
  let pending = 0;
  let exit = (): void => undefined;
  const engine = new Engine({
    env: {},
    identity: () => ({ name: 'llmobserve', version: '0.0.0-test', runtime: `node/${process.versions.node}`, instance }),
    diagnostics: createDiagnostics((line) => lines.push(line)),
    clock: { nowMs: () => Date.now(), monotonicMs: () => performance.now() * speed },
    timers,
    random: () => 0,
    randomBytes: (length) => randomFillSync(new Uint8Array(length)),
    currentScope: () => scopes.getStore(),
    startCapture: (deps) => {
      onCall = deps.onCall;
      onLost = deps.onLost;
      return {
        stop: () => (onCall = undefined),
        callFetch: () => undefined,
        drain: () => undefined,
        inFlight: () => pending,
        release: () => undefined,
        pending: () => pending,
      };
    },
    openSpool,
    http: createHttpPost({ userAgent: 'test', timers }),
    installTaps,
    watchExit: (hooks) => {
      exit = hooks.countLost;
      return { close: () => {} };
    },
  });
  engine.configure({ apiKey: KEY, flushIntervalMs: 5, ...options });
  onTestFinished(() => engine.shutdown(0));
  const capture = (overrides: Partial<CapturedCall<Scope>> = {}): void => onCall?.(makeCall(overrides));
  return {
    engine,
    lines,
    capture,
    captureMany: (count) => {
      for (let index = 0; index < count; index += 1) capture();
    },
    lose: () => onLost?.(),
    setPending: (count) => {
      pending = count;
    },
    exit: () => exit(),
    isCapturing: () => onCall !== undefined,
  };
}

function speedUp(timers: Timers, speed: number): Timers {
  return {
    setTimer: (fn, delayMs) => timers.setTimer(fn, delayMs / speed),
    setHeldTimer: (fn, delayMs) => timers.setHeldTimer(fn, delayMs / speed),
  };
}

/** One answered chat call. */
export function makeCall(overrides: Partial<CapturedCall<Scope>> = {}): CapturedCall<Scope> {
  return {
    kind: 'llm',
    provider: 'openai',
    operation: 'chat',
    model: 'gpt-4o-2024-08-06',
    requestedModel: 'gpt-4o',
    startedAtMs: Date.now(),
    durationMs: 812.4,
    status: 'ok',
    attempts: 1,
    streamed: false,
    usage: { input: 176, cachedInput: 1024, output: 340 },
    usageQuality: 'reported',
    scope: undefined,
    ...overrides,
  };
}
