import type { NextFunction, Request, Response } from 'express';
import { withCustomer } from 'llmobserve';
import { TENANTS, type Tenant } from './tenants.ts';

const TENANT_BY_KEY: ReadonlyMap<string, Tenant> = new Map(TENANTS.map((tenant) => [tenant.apiKey, tenant]));

/** Finds out who asks; from here on, every call of every client counts for that customer. */
export function identifyTenant(request: Request, response: Response, next: NextFunction): void {
  const tenant = TENANT_BY_KEY.get(request.header('x-api-key') ?? '');
  if (!tenant) {
    response.status(401).json({ error: 'Send the x-api-key of a tenant.' });
    return;
  }
  const user = request.header('x-user');
  withCustomer({ id: tenant.id, name: tenant.name, plan: tenant.plan, ...(user ? { user } : {}) }, () => next());
}

/** The tenant of a request that `identifyTenant` let through. */
export function tenantOf(request: Request): Tenant {
  const tenant = TENANT_BY_KEY.get(request.header('x-api-key') ?? '');
  if (!tenant) throw new Error('identifyTenant must run before this route');
  return tenant;
}
