import type { Timers } from '../timers.ts';
import type { WireRequest } from '../wire/index.ts';
import { buildCall } from './build-call.ts';
import type { CapturedCall } from './captured-call.ts';
import { createResponseCounter } from './count-responses.ts';
import type { FindTokenizer } from './count-tokens.ts';
import type { Guard } from './create-guard.ts';
import type { Exchange } from './exchange.ts';
import { createRetryFolder, type FoldDeps, type FoldedCall, type HeldCall } from './fold-retries.ts';
import { type FitContent, withContent } from './read-content.ts';
import { readExchange } from './read-exchange.ts';
import { readInBatches } from './read-in-batches.ts';

export type CallMakerDeps<Scope> = {
  readonly onCall: (call: CapturedCall<Scope>) => void;
  readonly isSameScope?: (a: Scope | undefined, b: Scope | undefined) => boolean;
  readonly isUnderWay: FoldDeps<Scope>['isUnderWay'];
  readonly readAfterMs?: () => number;
  readonly content?: () => FitContent | undefined;
  readonly findTokenizer?: FindTokenizer;
  readonly timers: Timers;
};

export type CallMaker<Scope> = {
  /** The failed call that a request seems to try again. */
  claim(request: WireRequest, scope: Scope | undefined): HeldCall<Scope> | undefined;
  push(ended: Exchange<Scope>): void;
  /** Reads what has ended. */
  drain(): void;
  /** Hands over the failures that wait for their retry. */
  release(): void;
  /** How many such failures there are. */
  heldCount(): number;
  /** Whether work with this id has begun and not ended. */
  awaits(id: string): boolean;
};

const READ_AFTER_MS = 100;

/** Makes calls of ended exchanges: read in batches, retries folded, each response counted once. */
export function makeCalls<Scope>(deps: CallMakerDeps<Scope>, { guarded }: Guard): CallMaker<Scope> {
  const responses = createResponseCounter<Scope>();
  const retries = createRetryFolder<Scope>({
    after,
    emit: guarded(handOver),
    isSameScope: deps.isSameScope ?? Object.is,
    isUnderWay: deps.isUnderWay,
  });
  const ended = readInBatches<Scope>({
    read: guarded(readEnded),
    readAfterMs: () => deps.readAfterMs?.() ?? READ_AFTER_MS,
    timers: deps.timers,
  });

  function readEnded(exchange: Exchange<Scope>): void {
    const { claimed } = exchange;
    const outcome = withContent(exchange, readExchange(exchange, deps.findTokenizer), deps.content?.());
    if (outcome) retries.settle(exchange, outcome, claimed);
    else if (claimed) handOver(claimed);
  }

  function handOver(call: FoldedCall<Scope>): void {
    const counted = responses.count(call);
    if (counted) deps.onCall(buildCall(counted));
  }

  function after(delayMs: number, run: () => void): () => void {
    const timer = deps.timers.setTimer(() => {
      // A retry may have ended already.
      ended.drain();
      run();
    }, delayMs);
    return () => timer.cancel();
  }

  return {
    claim: retries.claim,
    push: ended.push,
    drain: ended.drain,
    release() {
      ended.drain();
      retries.release();
    },
    heldCount() {
      ended.drain();
      return retries.heldCount();
    },
    awaits(id) {
      ended.drain();
      return responses.awaits(id);
    },
  };
}
