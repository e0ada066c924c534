const { Pinecone } = require('@pinecone-database/pinecone');
const { flush, init, stats, withCustomer } = require('llmobserve');
const OpenAI = require('openai');
const { Agent, setGlobalDispatcher } = require('undici');
const { clientOptions, makeCalls } = require('./make-calls.cjs');

init();
setGlobalDispatcher(new Agent({ connections: 1 }));
const openai = new OpenAI(clientOptions);

void makeCalls({ openai, pinecone: new Pinecone(), withCustomer }).then(async (results) => {
  const isDelivered = await flush(10_000);
  console.log(JSON.stringify({ results, isDelivered, stats: stats() }));
});
