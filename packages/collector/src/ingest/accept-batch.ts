import type { PricedEventCost } from '@llmobserve/pricing';
import { parseCostEvent, type BatchAnswer, type CostEvent, type LiveEvent, type ParsedEvent, type Rejection } from '@llmobserve/protocol';

import type { LedgerEntry, Settlement, Submission } from '../store/index.ts';
import { hashContent } from './hash-content.ts';
import { readBatch, type BatchParts } from './read-batch.ts';
import { toLiveEvent } from './to-live-event.ts';

/** Whom the key speaks for; the only source of the workspace that is written to. */
export type Sender = { readonly workspaceId: string; readonly keyId: string; readonly environment: string | undefined };

export type AcceptBatchDeps = {
  readonly clock: { nowMs(): number };
  readonly price: (event: CostEvent) => PricedEventCost;
  /** Resolves after the commit. */
  readonly committer: { commit(workspaceId: string, submission: Submission, sizeBytes: number): Promise<Settlement> };
  readonly live: { publish(workspaceId: string, makeEvents: () => readonly LiveEvent[]): void };
};

/**
 * Takes one batch from the wire to the store: what is accepted is committed with its cost.
 *
 * @throws {InvalidBatchError} when the body is no batch.
 * @throws {OverloadedError} when too much waits already; nothing is kept.
 * @throws {StoreUnavailableError} when the store does not answer; the same batch may be sent again.
 */
export async function acceptBatch(deps: AcceptBatchDeps, sender: Sender, body: unknown): Promise<BatchAnswer> {
  const batch = readBatch(body, sender.keyId);
  const receivedAtMs = deps.clock.nowMs();
  const { parsed, rejected } = validate(batch.events, receivedAtMs);
  const priced = parsed.map((event) => priceOne(deps, { sender, receivedAtMs }, event));
  const settlement = await store(deps, sender, { batch, priced, receivedAtMs, rejected: rejected.length });
  deps.live.publish(sender.workspaceId, () => settlement.accepted.filter(isCall).map(toLiveEvent));
  return { accepted: settlement.accepted.length, duplicates: settlement.duplicates, rejected };
}

function validate(
  events: readonly unknown[],
  nowMs: number,
): { readonly parsed: readonly ParsedEvent[]; readonly rejected: readonly Rejection[] } {
  const parsed: ParsedEvent[] = [];
  const rejected: Rejection[] = [];
  for (const [index, value] of events.entries()) {
    const result = parseCostEvent(value, nowMs);
    if ('event' in result) parsed.push(result);
    else rejected.push(toRejection(index, value, result.problems));
  }
  return { parsed, rejected };
}

const MAX_ECHOED_ID_LENGTH = 64;

/** One problem is enough to refuse an event; the first is the one that is told. */
function toRejection(index: number, value: unknown, problems: readonly Pick<Rejection, 'code' | 'detail'>[]): Rejection {
  const { code, detail } = problems[0] ?? { code: 'invalid_type', detail: 'the event could not be read' };
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  const isEchoed = typeof id === 'string' && id.length <= MAX_ECHOED_ID_LENGTH;
  return isEchoed ? { index, id, code, detail } : { index, code, detail };
}

type Receipt = { readonly sender: Sender; readonly receivedAtMs: number };
type PricedEntry = { readonly entry: LedgerEntry; readonly sizeBytes: number };

function priceOne(
  deps: Pick<AcceptBatchDeps, 'price'>,
  { sender, receivedAtMs }: Receipt,
  { event, isRepaired }: ParsedEvent,
): PricedEntry {
  const cost = deps.price(event);
  const { contentHash, sizeBytes } = hashContent(event);
  const entry = {
    event,
    isRepaired,
    receivedAtMs,
    contentHash,
    keyId: sender.keyId,
    environment: event.environment ?? sender.environment,
    costPicoUsd: cost.costPicoUsd,
    costQuality: cost.quality,
    card: cost.card,
  };
  return { entry, sizeBytes };
}

type PricedBatch = {
  readonly batch: BatchParts;
  readonly priced: readonly PricedEntry[];
  readonly receivedAtMs: number;
  readonly rejected: number;
};

const NOTHING_TO_STORE: Settlement = { accepted: [], duplicates: 0, conflicts: 0 };

async function store(deps: Pick<AcceptBatchDeps, 'committer'>, sender: Sender, work: PricedBatch): Promise<Settlement> {
  const { batch, priced, receivedAtMs, rejected } = work;
  if (priced.length + batch.customers.length + batch.losses.length + rejected === 0) return NOTHING_TO_STORE;
  const entries = priced.map(({ entry }) => entry);
  const sizeBytes = priced.reduce((total, one) => total + one.sizeBytes, 0);
  const submission = { receivedAtMs, entries, customers: batch.customers, losses: batch.losses, rejected };
  return deps.committer.commit(sender.workspaceId, submission, sizeBytes);
}

/** Sections only shape run trees: nothing was called. */
function isCall({ event }: LedgerEntry): boolean {
  return event.kind !== 'section';
}
