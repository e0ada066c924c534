import type { HttpBindings } from '@hono/node-server';

import type { Caller } from '../services/index.ts';

/** What travels with one request through the app. */
export type AppEnv = {
  readonly Bindings: HttpBindings;
  readonly Variables: { requestId: string; caller: Caller };
};
