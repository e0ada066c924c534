import { loadPriceBook } from '@llmobserve/pricing';
import type { BatchAnswer, LiveEvent } from '@llmobserve/protocol';

import type { Config } from './config.ts';
import { createMetrics, type Sender, type Services } from './http/index.ts';
import {
  findCustomer,
  findEvent,
  findKey,
  findSession,
  hasUsers,
  listApiKeys,
  listCustomers,
  listEvents,
  listUnpricedModels,
  readCostReport,
} from './queries/index.ts';
import {
  authenticateKey,
  createAuth,
  createGuessLimiter,
  createKeyCache,
  createSignInLink,
  createUseNotes,
  draftKey,
  hashSessionToken,
  setUpOwner,
  type Auth,
} from './services/index.ts';
import {
  findFirstUser,
  insertApiKey,
  insertFirstOwner,
  openAuthTables,
  readOrCreateSecret,
  revokeApiKey,
  touchApiKey,
  type Database,
} from './store/index.ts';

const UNKNOWN_KEYS_PER_ADDRESS = { tries: 30, perSeconds: 60 };
const SIGN_INS_PER_ACCOUNT = { tries: 10, perSeconds: 900 };
const SIGN_INS_PER_ADDRESS = { tries: 50, perSeconds: 900 };
const SECRET_BYTES = 32;

/** What the composition root has to give: the parts that touch the outside. */
export type ServicesDeps = {
  readonly config: Pick<Config, 'host' | 'publicUrl' | 'metricsToken'>;
  readonly database: Database;
  readonly admission: Services['admission'];
  readonly acceptBatch: (sender: Sender, batch: unknown) => Promise<BatchAnswer>;
  readonly liveFeed: { subscribe(workspaceId: string, listener: (event: LiveEvent) => void): () => void };
  readonly clock: { nowMs(): number };
  readonly randomBytes: (length: number) => Buffer;
  readonly randomUuid: () => string;
  readonly every: (intervalMs: number, work: () => void) => () => void;
  readonly log: Services['log'];
  readonly draining: AbortSignal;
  readonly dashboardDir: string;
  readonly version: string;
};

export type WiredServices = Services & {
  /** Makes the path of a link that signs in once, as the first user. */
  createSignInLink(): Promise<string>;
};

/** Wires every service to the database, the clock and the dice: a parts list. */
export async function createServices(deps: ServicesDeps): Promise<WiredServices> {
  const { config, database } = deps;
  const randomToken = (): string => deps.randomBytes(SECRET_BYTES).toString('base64url');
  const isHttps = config.publicUrl?.startsWith('https:') ?? false;
  const secret = await readOrCreateSecret(database, randomToken);
  const auth = createAuth({ ...deps, database: openAuthTables(database), secret, isHttps, randomToken });
  return {
    settings: {
      host: config.host,
      publicUrl: config.publicUrl,
      metricsToken: config.metricsToken,
      isHttps,
      dashboardDir: deps.dashboardDir,
      version: deps.version,
    },
    clock: deps.clock,
    log: deps.log,
    randomUuid: deps.randomUuid,
    every: deps.every,
    draining: deps.draining,
    admission: deps.admission,
    acceptBatch: deps.acceptBatch,
    liveFeed: deps.liveFeed,
    metrics: createMetrics(),
    auth,
    isReady: () => database.isReady(),
    ledger: createLedgerReads(database),
    ...createCallers(deps),
    ...createOwnership(deps, auth),
    signInTries: { byAccount: createGuessLimiter(SIGN_INS_PER_ACCOUNT), byAddress: createGuessLimiter(SIGN_INS_PER_ADDRESS) },
  };
}

function createLedgerReads(database: Database): Services['ledger'] {
  const bookVersion = loadPriceBook().version;
  return {
    readCostReport: (workspaceId, question) => readCostReport(database, workspaceId, question),
    listCustomers: (workspaceId, question) => listCustomers(database, workspaceId, question),
    findCustomer: (workspaceId, customerId) => findCustomer(database, workspaceId, customerId),
    findEvent: (workspaceId, eventId) => findEvent(database, workspaceId, { eventId, bookVersion }),
    listEvents: (workspaceId, question) => listEvents(database, workspaceId, { ...question, bookVersion }),
    listUnpricedModels: (workspaceId, range) => listUnpricedModels(database, workspaceId, range),
  };
}

function createCallers(deps: ServicesDeps): Pick<Services, 'authenticateKey' | 'findMember' | 'keys'> {
  const { database, clock } = deps;
  const cache = createKeyCache(clock);
  const keyDeps = {
    clock,
    cache,
    findKey: (hash: Buffer) => findKey(database, hash),
    unknownKeys: createGuessLimiter(UNKNOWN_KEYS_PER_ADDRESS),
    noteUse: createUseNotes({ clock, touch: (use) => touchApiKey(database, use) }),
  };
  return {
    authenticateKey: (presented) => authenticateKey(keyDeps, presented),
    findMember: async (token) => {
      const session = await findSession(database, { tokenHash: hashSessionToken(token), nowMs: clock.nowMs() });
      return session && { ...session, kind: 'member' };
    },
    keys: {
      list: (workspaceId, question) => listApiKeys(database, workspaceId, question),
      create: async (workspaceId, wish) => {
        const { row, shown } = draftKey(deps, wish);
        await insertApiKey(database, workspaceId, row);
        return shown;
      },
      revoke: async (workspaceId, keyId) => {
        const isRevoked = await revokeApiKey(database, { workspaceId, keyId, atMs: clock.nowMs() });
        if (isRevoked) cache.forget(keyId);
        return isRevoked;
      },
    },
  };
}

function createOwnership(deps: ServicesDeps, auth: Auth): Pick<WiredServices, 'owner' | 'createSignInLink'> {
  const { database } = deps;
  const ownerDeps = {
    ...deps,
    hasUsers: () => hasUsers(database),
    hashPassword: auth.hashPassword,
    insertFirstOwner: (owner: Parameters<typeof insertFirstOwner>[1]) => insertFirstOwner(database, owner),
    findFirstUser: () => findFirstUser(database),
    createLink: auth.createLink,
  };
  return {
    owner: {
      readState: async () => ({ needsOwner: !(await ownerDeps.hasUsers()) }),
      setUp: (wish) => setUpOwner(ownerDeps, wish),
    },
    createSignInLink: () => createSignInLink(ownerDeps),
  };
}
