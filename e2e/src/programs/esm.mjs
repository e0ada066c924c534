import { Agent as HttpAgent } from 'node:http';
import { Pinecone } from '@pinecone-database/pinecone';
import { flush, init, stats, withCustomer } from 'llmobserve';
import OpenAI from 'openai';
import { Agent, setGlobalDispatcher } from 'undici';
import { makeCalls } from './make-calls.cjs';

init();
setGlobalDispatcher(new Agent({ connections: 1 }));
const openai = new OpenAI({ httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 1 }) });
const results = await makeCalls({ openai, pinecone: new Pinecone(), withCustomer });
const isDelivered = await flush(10_000);
console.log(JSON.stringify({ results, isDelivered, stats: stats() }));
