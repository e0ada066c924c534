import { inRequest, type RequestOptions } from './in-request.ts';
import { readBaggage, type NodeHeaders } from './read-baggage.ts';

/** The part of Fastify's request that is read here. */
export type FastifyRequestHead = { readonly headers: NodeHeaders };

/** How the plugin finds out whom a request is for, and when. */
export type FastifyOptions<Request> = RequestOptions<Request> & {
  /** When the customer is looked for; default `preHandler`: the body is read and most authentication is done. */
  readonly hook?: 'onRequest' | 'preParsing' | 'preValidation' | 'preHandler' | undefined;
};

/** A Fastify instance as far as it matters here; it has `addHook`. */
export type FastifyHost = object;

type AddHook<Request> = (name: string, hook: (request: Request, reply: unknown, ...rest: readonly unknown[]) => void) => void;

/**
 * Attributes what a request makes your app call to one of your customers, in every route of the app it is registered with.
 *
 * @example app.register(llmobserve({ customer: (request: FastifyRequest) => request.user.accountId }));
 */
export function llmobserve<Request extends FastifyRequestHead>(
  options: FastifyOptions<Request>,
): (app: FastifyHost, settings: unknown, done: () => void) => void {
  function plugin(app: FastifyHost, _settings: unknown, done: () => void): void {
    const addHook: unknown = Reflect.get(app, 'addHook');
    // Safe because every Fastify has this method.
    (addHook as AddHook<Request>).call(app, options.hook ?? 'preHandler', (request, _reply, ...rest) => {
      // Safe because every hook ends with it; before it `preParsing` has the body.
      const next = rest.at(-1) as () => void;
      // A promise that is given back would be taken for a second call of `next`.
      void inRequest(request, { ...options, baggage: () => readBaggage(request.headers) }, next);
    });
    done();
  }
  // Without the first one the hook would hold only for routes that this plugin defines, and it defines none.
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true, [Symbol.for('fastify.display-name')]: 'llmobserve' });
}

export type { FoundCustomer, RequestOptions } from './in-request.ts';
export type { NodeHeaders } from './read-baggage.ts';
export type { CustomerRef, Tags } from '@llmobserve/protocol';
