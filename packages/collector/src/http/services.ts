import type {
  BatchAnswer,
  CostReport,
  CreatedApiKey,
  CustomerDetail,
  LiveEvent,
  PricedEvent,
  SetupState,
  UnpricedModel,
} from '@llmobserve/protocol';

import type {
  ApiKeysAnswer,
  ApiKeysQuestion,
  CostQuestion,
  CustomersAnswer,
  CustomersQuestion,
  EventsAnswer,
  EventsQuestion,
  TimeRange,
} from '../queries/index.ts';
import type { Auth, GuessLimiter, KeyCaller, KeyWish, MemberCaller, SetUpOwner } from '../services/index.ts';
import type { Metrics } from './create-metrics.ts';
import type { OwnAddress } from './own-origin.ts';

/** The workspace a batch is for, as its key says. */
export type Sender = { readonly workspaceId: string; readonly keyId: string; readonly environment: string | undefined };

/** Questions to the ledger; every one starts with the workspace that may see the answer. */
export type Ledger = {
  readCostReport(workspaceId: string, question: CostQuestion): Promise<CostReport>;
  listCustomers(workspaceId: string, question: CustomersQuestion): Promise<CustomersAnswer>;
  findCustomer(workspaceId: string, customerId: string): Promise<CustomerDetail | undefined>;
  findEvent(workspaceId: string, eventId: string): Promise<PricedEvent | undefined>;
  listEvents(workspaceId: string, question: Omit<EventsQuestion, 'bookVersion'>): Promise<EventsAnswer>;
  listUnpricedModels(workspaceId: string, range: TimeRange): Promise<readonly UnpricedModel[]>;
};

/** Everything the routes need, wired by the composition root. */
export type Services = {
  readonly settings: OwnAddress & {
    readonly isHttps: boolean;
    readonly metricsToken: string | undefined;
    /** Where the built dashboard lies. */
    readonly dashboardDir: string;
    readonly version: string;
  };
  readonly clock: { nowMs(): number };
  readonly randomUuid: () => string;
  readonly log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
  readonly metrics: Metrics;
  /** Bounds how much of what is sent is in memory at once, from the first byte of a body to its answer. */
  readonly admission: {
    pass<T>(expectedBytes: number, work: (room: { take(bytes: number): void; settle(): void }) => Promise<T>): Promise<T>;
  };
  readonly acceptBatch: (sender: Sender, batch: unknown) => Promise<BatchAnswer>;
  readonly ledger: Ledger;
  readonly authenticateKey: (presented: { readonly key: string | undefined; readonly address: string }) => Promise<KeyCaller>;
  readonly findMember: (sessionToken: string) => Promise<MemberCaller | undefined>;
  readonly auth: Auth;
  readonly signInTries: { readonly byAccount: GuessLimiter; readonly byAddress: GuessLimiter };
  readonly owner: { readState(): Promise<SetupState>; setUp: SetUpOwner };
  readonly keys: {
    list(workspaceId: string, question: ApiKeysQuestion): Promise<ApiKeysAnswer>;
    create(workspaceId: string, wish: KeyWish): Promise<CreatedApiKey>;
    /** True when there was such a key; refused from this moment on. */
    revoke(workspaceId: string, keyId: string): Promise<boolean>;
  };
  readonly liveFeed: { subscribe(workspaceId: string, listener: (event: LiveEvent) => void): () => void };
  /** Calls back at intervals until the returned function is called. */
  readonly every: (intervalMs: number, work: () => void) => () => void;
  readonly isReady: () => Promise<boolean>;
  /** Aborted when the collector drains: long answers end, readiness says no. */
  readonly draining: AbortSignal;
};
