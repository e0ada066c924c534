// The clients are made first, and init() comes when they are; nothing waits for a flush either.
import { Pinecone } from '@pinecone-database/pinecone';
import OpenAI from 'openai';
import { Agent, setGlobalDispatcher } from 'undici';
import { init, withCustomer } from 'llmobserve';
import { clientOptions, makeCalls } from './make-calls.cjs';

setGlobalDispatcher(new Agent({ connections: 1 }));
const openai = new OpenAI(clientOptions);
const pinecone = new Pinecone();
init();
const results = await makeCalls({ openai, pinecone, withCustomer });
console.log(JSON.stringify({ results }));
