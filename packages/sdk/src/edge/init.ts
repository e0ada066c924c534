import { startCapture } from '../capture/index.ts';
import type { InitOptions } from '../config.ts';
import { createIdentity } from '../create-identity.ts';
import { createDiagnostics } from '../diagnostics.ts';
import { Engine } from '../engine.ts';
import { NO_SPOOL } from '../spool/index.ts';
import { openSpool } from '../open-spool.ts';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../package-identity.ts';
import { liveRuntime, type LiveEngine } from '../runtime.ts';
import { createHttpPost } from '../transport/index.ts';
import { watchExit } from '../watch-exit.ts';
import { webCrypto } from '../web-crypto.ts';
import { installFetchTaps } from '../wire/index.ts';
import { createFetchPost } from './create-fetch-post.ts';
import { createHostTimers } from './create-host-timers.ts';
import { findHost } from './find-host.ts';

/** The same door as on Node; this stands in its place where the runtime is another. */
export function init(options: InitOptions = {}): void {
  liveEngine().configure(options);
}

/**
 * The engine of this process, made at the first need; the one place off Node that names clock, randomness and sockets.
 * Workers allow none of these before their first request, so nothing here touches them yet.
 */
export function liveEngine(): LiveEngine {
  const runtime = liveRuntime();
  runtime.engine ??= createEngine();
  return runtime.engine;
}

function createEngine(): Engine {
  const { scopes } = liveRuntime();
  const host = findHost();
  const timers = createHostTimers(host);
  const diagnostics = createDiagnostics((line) => console.warn(line));
  const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
  const userAgent = `${PACKAGE_NAME}/${PACKAGE_VERSION} ${host.name}`;
  // A fetch under way keeps a process alive for as long as a silent collector likes; a socket of Node's can be told not to.
  const http = host.isFree ? createHttpPost({ userAgent, timers }) : createFetchPost({ userAgent, timers, host });
  const identity = createIdentity(host.name);
  return new Engine({
    env: host.env,
    identity,
    diagnostics,
    clock,
    timers,
    random: () => Math.random(),
    randomBytes: (length) => webCrypto().getRandomValues(new Uint8Array(length)),
    currentScope: () => scopes.getStore(),
    startCapture,
    installTaps: installFetchTaps,
    openSpool: (owner) => (host.isFree ? openSpool({ instance: () => identity().instance, clock, timers, diagnostics }, owner) : NO_SPOOL),
    http,
    watchExit: (hooks) => {
      const { process } = host;
      if (!process) return { close: () => undefined };
      const deps = { process, monotonicMs: clock.monotonicMs, afterThisEvent: (fn: () => void) => void setImmediate(fn) };
      return watchExit({ ...deps, onFault: () => diagnostics.count('exit') }, hooks);
    },
  });
}
