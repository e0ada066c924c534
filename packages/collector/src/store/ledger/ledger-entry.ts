import type { RateCard } from '@llmobserve/pricing';
import type { CostEvent, CostQuality, CustomerFacts, PicoUsd } from '@llmobserve/protocol';

/** One event with its price, ready to be stored. */
export type LedgerEntry = {
  readonly event: CostEvent;
  /** The event's own, else the key's. */
  readonly environment: string | undefined;
  readonly keyId: string;
  readonly receivedAtMs: number;
  readonly isRepaired: boolean;
  readonly costPicoUsd: PicoUsd;
  readonly costQuality: CostQuality;
  readonly card: RateCard | undefined;
  /** Of what the sender said; the same id with another hash is a conflict. */
  readonly contentHash: bigint;
};

/** How many events a process says it has lost since it started, for one reason. */
export type LossTotal = { readonly instance: string; readonly reason: string; readonly total: number };

/** What one batch asks the ledger to keep. */
export type Submission = {
  readonly receivedAtMs: number;
  readonly entries: readonly LedgerEntry[];
  readonly customers: readonly CustomerFacts[];
  readonly losses: readonly LossTotal[];
  /** Events of the batch that could not be read. */
  readonly rejected: number;
};

/** What became of one batch; accepted + duplicates = its entries. */
export type Settlement = {
  readonly accepted: readonly LedgerEntry[];
  readonly duplicates: number;
  /** Duplicates whose contents differ from what was stored first. */
  readonly conflicts: number;
};
