import { keepRequestsApart } from './attribution/index.ts';
import { startCapture } from './capture/index.ts';
import { readEnv, type InitOptions } from './config.ts';
import { createIdentity } from './create-identity.ts';
import { createDiagnostics } from './diagnostics.ts';
import { Engine } from './engine.ts';
import { findTokenizer } from './find-tokenizer.ts';
import { openSpool } from './open-spool.ts';
import { PACKAGE_NAME, PACKAGE_VERSION } from './package-identity.ts';
import { liveRuntime, type LiveEngine } from './runtime.ts';
import { createTimers } from './timers.ts';
import { createHttpPost } from './transport/index.ts';
import { watchExit } from './watch-exit.ts';
import { webCrypto } from './web-crypto.ts';
import { installTaps } from './wire/index.ts';

/**
 * Starts capturing what every LLM and vector-database call of this process costs. A second call changes the settings it names.
 *
 * @example init({ apiKey: process.env.LLMOBSERVE_API_KEY, environment: 'production' });
 * @throws {TypeError} when there is no key, neither passed nor in `LLMOBSERVE_API_KEY`, and `enabled` is not `false`.
 */
export function init(options: InitOptions = {}): void {
  liveEngine().configure(options);
}

/** The engine of this process, made at the first need; the one place that names clock, randomness and sockets. */
export function liveEngine(): LiveEngine {
  const runtime = liveRuntime();
  runtime.engine ??= createEngine();
  return runtime.engine;
}

function createEngine(): Engine {
  const { scopes } = liveRuntime();
  keepRequestsApart(scopes);
  const timers = createTimers();
  const diagnostics = createDiagnostics((line) => console.warn(line));
  const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
  const runtime = `node/${process.versions.node}`;
  const identity = createIdentity(runtime);
  return new Engine({
    env: readEnv(),
    identity,
    diagnostics,
    clock,
    timers,
    random: () => Math.random(),
    randomBytes: (length) => webCrypto().getRandomValues(new Uint8Array(length)),
    currentScope: () => scopes.getStore(),
    startCapture,
    installTaps,
    findTokenizer: findTokenizer(),
    openSpool: (owner) => openSpool({ instance: () => identity().instance, clock, timers, diagnostics }, owner),
    http: createHttpPost({ userAgent: `${PACKAGE_NAME}/${PACKAGE_VERSION} ${runtime}`, timers }),
    watchExit: (hooks) =>
      watchExit(
        {
          process,
          monotonicMs: clock.monotonicMs,
          afterThisEvent: (fn) => setImmediate(fn),
          onFault: () => diagnostics.count('exit'),
        },
        hooks,
      ),
  });
}
