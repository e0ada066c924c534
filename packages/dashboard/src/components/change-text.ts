import { divideHalfEven } from '@llmobserve/protocol';

import { groupDigits } from './money-text.ts';

/** How a figure moved against the period before, said as a direction and a word. */
export type Change = { readonly direction: 'up' | 'down' | 'flat'; readonly text: string };

/**
 * Compares two figures; `undefined` when there is no period to compare with.
 *
 * @example changeOf(111_4n, 100_0n) // { direction: 'up', text: '11.4%' }
 */
export function changeOf(current: bigint, previous: bigint | undefined): Change | undefined {
  if (previous === undefined) return undefined;
  if (previous === 0n) return { direction: 'flat', text: current === 0n ? '0.0%' : 'new' };
  const tenths = divideHalfEven((current - previous) * 1000n, previous < 0n ? -previous : previous);
  const size = tenths < 0n ? -tenths : tenths;
  const text = `${groupDigits((size / 10n).toString())}.${size % 10n}%`;
  if (tenths === 0n) return { direction: 'flat', text: '0.0%' };
  return { direction: tenths > 0n ? 'up' : 'down', text };
}
