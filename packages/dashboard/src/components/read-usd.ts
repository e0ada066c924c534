import { parseUsd, ZERO_USD } from '@llmobserve/protocol';
import type { PicoUsd, UsdText } from '@llmobserve/protocol';

/** Reads an amount the collector wrote; its answers are checked where they are made, so anything else counts as nothing. */
export function readUsd(text: UsdText): PicoUsd {
  return parseUsd(text) ?? ZERO_USD;
}
