import { createRequire } from 'node:module';

/** Loaded as the app's other modules are. */
export function start({ apiKey, sinkUrl, providerUrl }) {
  const { flush, init, withCustomer } = createRequire(import.meta.url)('llmobserve');
  init({ apiKey, collectorUrl: sinkUrl, providers: { [new URL(providerUrl).host]: 'openai' } });
  return { observe: (client) => client, withCustomer, flush };
}
