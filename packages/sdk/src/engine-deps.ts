import type { SdkIdentity } from '@llmobserve/protocol';
import type { Capture, CaptureDeps, FindTokenizer } from './capture/index.ts';
import type { Env } from './config.ts';
import type { OwnDiagnostics } from './diagnostics.ts';
import type { OutboxSpool, Segment } from './queue/index.ts';
import type { Scope } from './runtime.ts';
import type { SpoolOwner, SpoolTarget } from './spool/index.ts';
import type { Timers } from './timers.ts';
import type { HttpPost } from './transport/index.ts';
import type { ExitHooks } from './watch-exit.ts';

/** Where events outlive the process. */
export type EngineSpool = OutboxSpool<Segment> & {
  use(target: SpoolTarget | undefined): void;
  adopt(): void;
  close(): void;
};

export type EngineDeps = {
  readonly env: Env;
  readonly identity: () => SdkIdentity;
  readonly diagnostics: OwnDiagnostics;
  readonly clock: { nowMs(): number; monotonicMs(): number };
  readonly timers: Timers;
  readonly random: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly currentScope: () => Scope | undefined;
  readonly startCapture: (deps: CaptureDeps<Scope>) => Capture;
  readonly installTaps: CaptureDeps<Scope>['installTaps'];
  readonly findTokenizer?: FindTokenizer;
  readonly http: HttpPost;
  readonly openSpool: (owner: SpoolOwner) => EngineSpool;
  readonly watchExit: (hooks: ExitHooks) => { close(): void };
};
