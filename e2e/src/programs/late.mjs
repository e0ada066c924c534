// The clients are made first, and init() comes when they are; nothing waits for a flush either.
import { Agent as HttpAgent } from 'node:http';
import { Pinecone } from '@pinecone-database/pinecone';
import OpenAI from 'openai';
import { Agent, setGlobalDispatcher } from 'undici';
import { init, withCustomer } from 'llmobserve';
import { makeCalls } from './make-calls.cjs';

setGlobalDispatcher(new Agent({ connections: 1 }));
const openai = new OpenAI({ httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 1 }) });
const pinecone = new Pinecone();
init();
const results = await makeCalls({ openai, pinecone, withCustomer });
console.log(JSON.stringify({ results }));
