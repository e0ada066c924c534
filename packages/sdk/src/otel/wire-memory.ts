import type { Usage } from '@llmobserve/protocol';
import type { CapturedCall } from '../capture/index.ts';

export type WireMemory = {
  /** Remembers a call captured on the wire; `isPlaced` when its span is known already. */
  note(call: CapturedCall, isPlaced: boolean): void;
  /** True when the wire has seen the call a span tells of. */
  has(call: CapturedCall): boolean;
};

const MAX_IDS = 10_000;
const MAX_UNPLACED = 1_000;
/** A span's clock and ours may stand this far apart. */
const CLOCK_SLACK_MS = 1_000;

type Unplaced = { readonly call: CapturedCall; readonly input: number; readonly output: number };

/** What the wire has seen lately, by response id and, where one side has none, by size and time: each call stands for one span. */
export function createWireMemory(): WireMemory {
  const ids = new Set<string>();
  const unplaced = new Set<Unplaced>();
  return {
    note(call, isPlaced) {
      if (call.responseId !== undefined) keepNewest(ids, call.responseId, MAX_IDS);
      if (!isPlaced && call.usage) keepNewest(unplaced, { call, ...totalsOf(call.usage) }, MAX_UNPLACED);
    },
    has(told) {
      if (told.responseId !== undefined && ids.has(told.responseId)) return true;
      const { input, output } = totalsOf(told.usage ?? {});
      for (const each of unplaced) {
        if (each.input !== input || each.output !== output || !mayBeSame(each.call, told)) continue;
        unplaced.delete(each);
        return true;
      }
      return false;
    },
  };
}

/** A client's span begins before its request and ends after its answer; two different ids are two calls. */
function mayBeSame(seen: CapturedCall, told: CapturedCall): boolean {
  if (seen.responseId !== undefined && told.responseId !== undefined) return false;
  return seen.startedAtMs >= told.startedAtMs - CLOCK_SLACK_MS && endOf(seen) <= endOf(told) + CLOCK_SLACK_MS;
}

function endOf({ startedAtMs, durationMs = 0 }: CapturedCall): number {
  return startedAtMs + durationMs;
}

function totalsOf(usage: Usage): { readonly input: number; readonly output: number } {
  const { output = 0, reasoning = 0, audioOutput = 0, imageOutput = 0 } = usage;
  const written = output + reasoning + audioOutput + imageOutput;
  const { input = 0, cachedInput = 0, cacheWrite5m = 0, cacheWrite1h = 0, audioInput = 0, audioCachedInput = 0, imageInput = 0 } = usage;
  const read = input + cachedInput + cacheWrite5m + cacheWrite1h + audioInput + audioCachedInput + imageInput;
  return { input: read + (usage.imageCachedInput ?? 0), output: written };
}

function keepNewest<Value>(kept: Set<Value>, value: Value, max: number): void {
  kept.add(value);
  if (kept.size > max) for (const oldest of kept) return void kept.delete(oldest);
}
