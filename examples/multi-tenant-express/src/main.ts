import { Pinecone } from '@pinecone-database/pinecone';
import { init, shutdown } from 'llmobserve';
import OpenAI from 'openai';
import { readConfig } from './config.ts';
import { createApp } from './create-app.ts';
import { createKnowledge } from './knowledge.ts';

const config = readConfig(process.env);

// All the app does for its ledger: this line, and a name where there is one (identify-tenant.ts, research-topic.ts).
init({ environment: 'production' });

const openai = new OpenAI();
const knowledge = createKnowledge({ openai, index: new Pinecone().index(config.indexName) });

const server = createApp({ openai, knowledge }).listen(config.port, '127.0.0.1', (error) => {
  const address = server.address();
  if (error || address === null || typeof address === 'string') {
    console.error(`Port ${config.port} cannot be listened on: ${error?.message ?? 'no address'}. Set PORT to a free one.`);
    process.exitCode = 1;
    return;
  }
  console.log(`Listening on http://127.0.0.1:${address.port}`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
    // What was captured is delivered before the process ends.
    void shutdown(2000).then(() => process.exit());
  });
}
