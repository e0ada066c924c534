import { formatUsd } from '@llmobserve/protocol';
import type { ClipboardEvent } from 'react';

import { columnDecimals, exactMoney, splitMoney } from './money-text.ts';

export type MoneyProps = {
  readonly pico: bigint;
  /** The column's number; left out, the figure stands alone and decides for itself. */
  readonly decimals?: number;
};

/** An amount in two inks; its title and what is copied from it carry all twelve decimals. */
export function Money({ pico, decimals }: MoneyProps) {
  return (
    <data className="money" value={formatUsd(pico)} title={exactMoney(pico)} onCopy={(event) => copyExact(event, pico)}>
      {splitMoney(pico, decimals ?? columnDecimals([pico])).map((part) =>
        part.isQuiet ? <i key={part.text}>{part.text}</i> : <b key={part.text}>{part.text}</b>,
      )}
    </data>
  );
}

function copyExact(event: ClipboardEvent<HTMLElement>, pico: bigint): void {
  const selection = globalThis.getSelection();
  const own = event.currentTarget;
  if (!selection || !own.contains(selection.anchorNode) || !own.contains(selection.focusNode)) return;
  event.clipboardData.setData('text/plain', formatUsd(pico));
  event.preventDefault();
}
