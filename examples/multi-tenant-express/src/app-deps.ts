import type OpenAI from 'openai';
import type { Knowledge } from './knowledge.ts';

/** What the routes work with; wired in main.ts. */
export type AppDeps = { readonly openai: OpenAI; readonly knowledge: Knowledge };
