/** Counts what was captured and what became of it. */
export type Ledger = {
  /** Counts one more captured call and gives it its number. */
  addCaptured(): number;
  addSent(count: number): void;
  addLost(reason: string, count: number): void;
  captured(): number;
  sent(): number;
  lost(): Readonly<Record<string, number>>;
};

export function createLedger(): Ledger {
  const lost = new Map<string, number>();
  let captured = 0;
  let sent = 0;
  return {
    addCaptured: () => (captured += 1),
    addSent: (count) => {
      sent += count;
    },
    addLost: (reason, count) => {
      if (count > 0) lost.set(reason, (lost.get(reason) ?? 0) + count);
    },
    captured: () => captured,
    sent: () => sent,
    lost: () => Object.fromEntries(lost),
  };
}
