/** A company that uses this app; for its cost ledger, a customer. */
export type Tenant = {
  readonly id: string;
  readonly name: string;
  readonly plan: 'free' | 'pro' | 'enterprise';
  /** Sent as `x-api-key`; a real app would look up a hash of it. */
  readonly apiKey: string;
};

/** What each plan answers with: the model is the greatest part of what a customer costs. */
export const MODEL_BY_PLAN = { free: 'gpt-4o-mini', pro: 'gpt-4.1-mini', enterprise: 'gpt-4.1' } as const satisfies Record<
  Tenant['plan'],
  string
>;

/** A dozen companies that do not exist. */
export const TENANTS: readonly Tenant[] = [
  { id: 'acme', name: 'Acme Robotics', plan: 'enterprise', apiKey: 'tenant-acme' },
  { id: 'northwind', name: 'Northwind Foods', plan: 'enterprise', apiKey: 'tenant-northwind' },
  { id: 'globex', name: 'Globex', plan: 'enterprise', apiKey: 'tenant-globex' },
  { id: 'initech', name: 'Initech', plan: 'pro', apiKey: 'tenant-initech' },
  { id: 'umbra', name: 'Umbra Health', plan: 'pro', apiKey: 'tenant-umbra' },
  { id: 'hooli', name: 'Hooli', plan: 'pro', apiKey: 'tenant-hooli' },
  { id: 'stark', name: 'Stark & Daughters', plan: 'pro', apiKey: 'tenant-stark' },
  { id: 'wayfarer', name: 'Wayfarer Travel', plan: 'pro', apiKey: 'tenant-wayfarer' },
  { id: 'bluebird', name: 'Bluebird Schools', plan: 'pro', apiKey: 'tenant-bluebird' },
  { id: 'piedpiper', name: 'Pied Piper', plan: 'free', apiKey: 'tenant-piedpiper' },
  { id: 'kestrel', name: 'Kestrel Law', plan: 'free', apiKey: 'tenant-kestrel' },
  { id: 'lumen', name: 'Lumen Studio', plan: 'free', apiKey: 'tenant-lumen' },
];
