import { isJsonRecord, type JsonRecord } from '@llmobserve/protocol';

/** Members that hold no words a model reads: names of kinds, ids, and files. */
const SILENT = new Set([
  'type',
  'model',
  'taskType',
  'role',
  'id',
  'call_id',
  'tool_call_id',
  'url',
  'image_url',
  'file_id',
  'file_data',
  'file_url',
  'data',
  'mimeType',
  'signature',
  'bytes',
  'format',
  'detail',
  'status',
]);
/** Members of a request that a model reads: OpenAI's, then Anthropic's, Google's, Cohere's and Voyage's, and those of Amazon's models. */
const ASKING =
  'messages input instructions prompt tools functions system contents systemInstruction content requests instances message chat_history preamble documents texts query suffix inputs toolConfig inputText'.split(
    ' ',
  );
/** OpenAI frames each message with about this many tokens, and the answer's begin with three (cookbook, 2024). */
const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_ANSWER = 3;
/** An image in high detail at 1024 × 1024 costs this for gpt-4o: 85 + 4 tiles of 170. */
const TOKENS_PER_IMAGE = 765;
const MAX_DEPTH = 12;

/** Texts that cost tokens, and the tokens that the form around them costs. */
export type Prompt = { readonly texts: readonly string[]; readonly extraTokens: number };

/** Gathers what a chat, response or embedding request asks the model to read. */
export function readPrompt(request: JsonRecord): Prompt {
  const gathered: Gathered = { texts: [], extraTokens: 0 };
  for (const name of ASKING) gather(gathered, request[name], 0);
  const messages = listIn(request, 'messages') ?? listIn(request, 'input') ?? [];
  const framed = messages.filter((message) => isJsonRecord(message) && 'role' in message).length;
  if (framed > 0) gathered.extraTokens += framed * TOKENS_PER_MESSAGE + TOKENS_PER_ANSWER;
  return gathered;
}

type Gathered = { readonly texts: string[]; extraTokens: number };

function gather(into: Gathered, value: unknown, depth: number): void {
  if (typeof value === 'string') into.texts.push(value);
  // Embeddings may be asked for in tokens already counted out.
  else if (typeof value === 'number') into.extraTokens += 1;
  else if (depth >= MAX_DEPTH) return;
  else if (Array.isArray(value)) for (const each of value) gather(into, each, depth + 1);
  else if (isJsonRecord(value)) gatherMembers(into, value, depth);
}

function gatherMembers(into: Gathered, record: JsonRecord, depth: number): void {
  if ('image_url' in record) into.extraTokens += TOKENS_PER_IMAGE;
  for (const [name, value] of Object.entries(record)) {
    if (typeof value === 'number' || SILENT.has(name)) continue;
    gather(into, value, depth + 1);
  }
}

function listIn(record: JsonRecord, name: string): readonly unknown[] | undefined {
  const value: unknown = record[name];
  return Array.isArray(value) ? value : undefined;
}
