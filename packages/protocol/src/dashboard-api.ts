import type { Scope } from './api-key.ts';
import type { CustomerFacts } from './attribution.ts';
import type { CostEvent } from './cost-event.ts';
import type { Usage } from './usage.ts';

/** Decimal string in USD with 12 decimals. */
export type UsdText = string;

export type CostQuality = 'reported' | 'exact' | 'estimated' | 'unpriced';

/** One line of a cost: quantity × rate / per, rounded once. */
export type CostLine = {
  readonly unit: string;
  /** Decimal string without exponent. */
  readonly quantity: string;
  /** Decimal string in USD, as many decimals as the rate has. */
  readonly rateUsd: string;
  /** How many units the rate is for. */
  readonly per: number;
  readonly usd: UsdText;
  readonly source: string;
  /** RFC 3339 instant from which the rate holds; absent when the book knows no beginning. */
  readonly validFrom?: string;
};

export type EventCost = {
  readonly usd: UsdText;
  readonly quality: CostQuality;
  readonly lines: readonly CostLine[];
  readonly bookVersion: string;
};

/** `GET /v1/events/{id}` and the items of `GET /v1/events`. */
export type PricedEvent = CostEvent & {
  readonly receivedAt: string;
  /** True when U+0000 or lone surrogates in its texts were replaced. */
  readonly repaired?: boolean;
  readonly cost: EventCost;
};

export type Page<T> = { readonly items: readonly T[]; readonly nextCursor?: string };

export const COST_DIMENSIONS = ['customer', 'model', 'provider', 'kind', 'section', 'agent', 'run', 'environment', 'key', 'user'] as const;
/** A column of the ledger to group or filter by; `tag:<name>` stands for any tag. */
export type CostDimension = (typeof COST_DIMENSIONS)[number] | `tag:${string}`;

export const COST_INTERVALS = ['hour', 'day', 'week', 'month'] as const;
export type CostInterval = (typeof COST_INTERVALS)[number];

export type CostPoint = { readonly at: string; readonly costUsd: UsdText; readonly calls: number };

export type CostGroup = {
  /** One member per dimension asked for; null means unattributed. */
  readonly key: Readonly<Record<string, string | null>>;
  readonly costUsd: UsdText;
  readonly calls: number;
  /** Part of the total cost, 0 to 1. */
  readonly share: number;
  readonly previousCostUsd?: UsdText;
  readonly previousCalls?: number;
  readonly series?: readonly CostPoint[];
};

/** Counts of what came in and what is known about it; the same line stands on every page. */
export type Proof = {
  readonly received: number;
  readonly unpriced: number;
  readonly estimated: number;
  readonly unattributed: number;
  readonly lost: number;
};

/** `GET /v1/costs`. */
export type CostReport = {
  readonly currency: 'USD';
  readonly timeZone: string;
  /** The range that was counted, RFC 3339: from ≤ t < to. */
  readonly from: string;
  readonly to: string;
  readonly total: {
    readonly costUsd: UsdText;
    readonly calls: number;
    readonly usage: Usage;
    readonly previousCostUsd?: UsdText;
    readonly previousCalls?: number;
    readonly series?: readonly CostPoint[];
    readonly previousSeries?: readonly CostPoint[];
  };
  readonly groups: readonly CostGroup[];
  readonly other?: { readonly costUsd: UsdText; readonly calls: number; readonly groups: number; readonly series?: readonly CostPoint[] };
  readonly proof: Proof;
};

/** An item of `GET /v1/customers`; figures are those of the asked range. */
export type CustomerSummary = CustomerFacts & {
  readonly costUsd: UsdText;
  readonly calls: number;
  readonly previousCostUsd?: UsdText;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Cost per day for the last 14 days of the range, oldest first. */
  readonly trend?: readonly UsdText[];
};

export type CustomerPage = Page<CustomerSummary> & { readonly total: number };

/** `GET /v1/customers/{id}`. */
export type CustomerDetail = CustomerFacts & { readonly firstSeenAt: string; readonly lastSeenAt: string };

/** `GET /v1/ping`. */
export type Ping = {
  readonly workspace: { readonly id: string; readonly name: string };
  readonly environment?: string;
  readonly scopes: readonly Scope[];
};

/** Data of one `event` message of `GET /v1/live`: an event as it was committed, newest last. */
export type LiveEvent = Pick<
  CostEvent,
  | 'id'
  | 'kind'
  | 'provider'
  | 'startedAt'
  | 'model'
  | 'requestedModel'
  | 'operation'
  | 'durationMs'
  | 'status'
  | 'customer'
  | 'section'
  | 'environment'
> & {
  readonly costUsd: UsdText;
  readonly quality: CostQuality;
  readonly usage?: Usage;
};

/** `POST /v1/api-keys`: the only answer that ever shows a key. */
export type CreatedApiKey = ApiKeySummary & { readonly key: string };

/** An item of `GET /v1/api-keys`. */
export type ApiKeySummary = {
  readonly id: string;
  readonly prefix: string;
  readonly last4: string;
  readonly name: string;
  readonly environment?: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly lastUsedAt?: string;
};

/** `GET /v1/session`: who is signed in, and what the pages need before their first query. */
export type Session = {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly workspace: { readonly id: string; readonly name: string; readonly timeZone: string };
  readonly role: 'owner' | 'admin' | 'member' | 'viewer';
};

/** `GET /v1/setup`: whether this collector still waits for its owner. */
export type SetupState = { readonly needsOwner: boolean };

/** `POST /v1/setup` `{ name, email, password }`: the owner, a workspace and its first key. */
export type SetupResult = { readonly session: Session; readonly apiKey: CreatedApiKey };

/** `GET /v1/unpriced`: models that came without a rate. */
export type UnpricedModel = {
  readonly provider: string;
  readonly model: string | null;
  readonly calls: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
};
