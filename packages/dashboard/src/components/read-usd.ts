import { parseUsd, ZERO_USD } from '@llmobserve/protocol';
import type { PicoUsd, UsdText } from '@llmobserve/protocol';

/** Reads an amount the collector wrote; its answers are checked where they are made, so anything else counts as nothing. */
export function readUsd(text: UsdText): PicoUsd {
  return parseUsd(text) ?? ZERO_USD;
}

/** What the period before cost; nothing where no change can be told, as it is not compared with or cost nothing. */
export function readPreviousUsd(text: UsdText | undefined): PicoUsd | undefined {
  const cost = text === undefined ? undefined : readUsd(text);
  return cost === 0n ? undefined : cost;
}
