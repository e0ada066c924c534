import { Pinecone } from '@pinecone-database/pinecone';
import { flush, init, stats, withCustomer } from 'llmobserve';
import OpenAI from 'openai';
import { Agent, setGlobalDispatcher } from 'undici';
import { clientOptions, makeCalls } from './make-calls.cjs';

init();
setGlobalDispatcher(new Agent({ connections: 1 }));
const openai = new OpenAI(clientOptions);
const results = await makeCalls({ openai, pinecone: new Pinecone(), withCustomer });
const isDelivered = await flush(10_000);
console.log(JSON.stringify({ results, isDelivered, stats: stats() }));
