/** A request to the demo's app. */
export type AppRequest = {
  readonly tenantKey: string;
  readonly user: string;
  readonly path: '/ask' | '/research' | '/summaries' | '/stream';
  readonly body: Readonly<Record<string, string>>;
  /** True for a reader who leaves before the answer is complete. */
  readonly leavesEarly: boolean;
};

/** Busiest first: how often a tenant asks, at what time of the demo's day, and what for. */
const TENANTS: readonly { readonly key: string; readonly weight: number; readonly phase: number }[] = [
  { key: 'tenant-acme', weight: 9, phase: 0 },
  { key: 'tenant-northwind', weight: 7, phase: 0.1 },
  { key: 'tenant-globex', weight: 5, phase: 0.5 },
  { key: 'tenant-initech', weight: 6, phase: 0.2 },
  { key: 'tenant-umbra', weight: 4, phase: 0.7 },
  { key: 'tenant-hooli', weight: 4, phase: 0.4 },
  { key: 'tenant-stark', weight: 3, phase: 0.9 },
  { key: 'tenant-wayfarer', weight: 3, phase: 0.3 },
  { key: 'tenant-bluebird', weight: 2, phase: 0.6 },
  { key: 'tenant-piedpiper', weight: 8, phase: 0.8 },
  { key: 'tenant-kestrel', weight: 2, phase: 0.15 },
  { key: 'tenant-lumen', weight: 1, phase: 0.55 },
];

export const TENANT_KEYS: readonly string[] = TENANTS.map((tenant) => tenant.key);

const PATHS: readonly { readonly path: AppRequest['path']; readonly member: string; readonly weight: number }[] = [
  { path: '/ask', member: 'question', weight: 6 },
  { path: '/stream', member: 'question', weight: 3 },
  { path: '/research', member: 'topic', weight: 1 },
  { path: '/summaries', member: 'text', weight: 2 },
];

const QUESTIONS: readonly string[] = [
  'When is my invoice due and what happens when I pay late?',
  'How do I export everything we have, with its history?',
  'A colleague deleted a project yesterday. Can it be restored, and by whom?',
  'Which columns does the import need?',
  'Who may invite people, and who sees the audit log?',
  'Our webhook was down for two hours. Did we miss deliveries?',
  'How fast does support answer on our plan?',
  'What do I do when an owner loses the phone with the codes?',
];

/** Minutes in which the mix of tenants and routes turns once around. */
const PERIOD_MIN = 6;
const USERS_PER_TENANT = 5;

/** Picks the next request; `random` gives numbers from 0 to 1. The mix changes with time, so that charts move. */
export function pickRequest(random: () => number, elapsedMs: number): AppRequest {
  const turn = elapsedMs / (PERIOD_MIN * 60_000);
  const tenant = pickWeighted(TENANTS, random(), (entry) => entry.weight * swing(turn + entry.phase));
  return requestOf(tenant.key, random, turn);
}

/** The request of a given tenant, so that a first burst shows every one of them. */
export function requestOf(tenantKey: string, random: () => number, turn = 0): AppRequest {
  const { path, member } = pickWeighted(PATHS, random(), (entry) => entry.weight * (entry.path === '/research' ? swing(turn) : 1));
  const question = QUESTIONS[Math.floor(random() * QUESTIONS.length)] ?? '';
  return {
    tenantKey,
    user: `user-${1 + Math.floor(random() * USERS_PER_TENANT)}`,
    path,
    body: { [member]: path === '/summaries' ? QUESTIONS.join(' ') : question },
    leavesEarly: path === '/stream' && random() < 0.1,
  };
}

/** Between 0.2 and 1.8, once around per turn. */
function swing(turn: number): number {
  return 1 + 0.8 * Math.sin(turn * 2 * Math.PI);
}

function pickWeighted<T>(entries: readonly T[], at: number, weigh: (entry: T) => number): T {
  const total = entries.reduce((sum, entry) => sum + weigh(entry), 0);
  let left = at * total;
  const found = entries.find((entry) => (left -= weigh(entry)) < 0) ?? entries.at(-1);
  if (found === undefined) throw new Error('there is nothing to pick from');
  return found;
}
