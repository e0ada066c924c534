/** One call of a client, as the code of a function of `url`, the fake's, and `load`, which finds a package. */
export type ClientProbe = {
  /** The packages it takes, the client itself first. */
  readonly packages: readonly string[];
  readonly provider: string;
  readonly code: string;
};

const OPENAI_LIKE = "await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] });";

/** How each client makes its simplest call; the same words have worked in all majors that are in use (2026-11). */
export const CLIENT_PROBES: readonly ClientProbe[] = [
  {
    packages: ['openai'],
    provider: 'openai',
    code: `const { default: OpenAI } = await load('openai');
      const client = new OpenAI({ apiKey: 'doctor', baseURL: url + '/v1', maxRetries: 0 });
      ${OPENAI_LIKE}`,
  },
  {
    packages: ['@anthropic-ai/sdk'],
    provider: 'anthropic',
    code: `const { default: Anthropic } = await load('@anthropic-ai/sdk');
      const client = new Anthropic({ apiKey: 'doctor', baseURL: url, maxRetries: 0 });
      await client.messages.create({ model: 'claude-haiku-4-5', max_tokens: 16, messages: [{ role: 'user', content: 'Hello' }] });`,
  },
  {
    packages: ['@google/genai'],
    provider: 'google',
    code: `const { GoogleGenAI } = await load('@google/genai');
      const client = new GoogleGenAI({ apiKey: 'doctor', httpOptions: { baseUrl: url } });
      await client.models.generateContent({ model: 'gemini-2.5-flash', contents: 'Hello' });`,
  },
  {
    packages: ['@pinecone-database/pinecone'],
    provider: 'pinecone',
    code: `const { Pinecone } = await load('@pinecone-database/pinecone');
      const client = new Pinecone({ apiKey: 'doctor', controllerHostUrl: url });
      await client.index('doctor').query({ vector: [0.1, 0.2], topK: 1 });`,
  },
  {
    packages: ['ai', '@ai-sdk/openai'],
    provider: 'openai',
    code: `const { generateText } = await load('ai');
      const { createOpenAI } = await load('@ai-sdk/openai');
      const client = createOpenAI({ apiKey: 'doctor', baseURL: url + '/v1' });
      await generateText({ model: client.chat ? client.chat('gpt-4o-mini') : client('gpt-4o-mini'), prompt: 'Hello', maxRetries: 0 });`,
  },
  {
    packages: ['@langchain/openai'],
    provider: 'openai',
    code: `const { ChatOpenAI } = await load('@langchain/openai');
      const client = new ChatOpenAI({ apiKey: 'doctor', model: 'gpt-4o-mini', maxRetries: 0, configuration: { baseURL: url + '/v1' } });
      await client.invoke('Hello');`,
  },
  {
    packages: ['groq-sdk'],
    provider: 'groq',
    code: `const { default: Groq } = await load('groq-sdk');
      const client = new Groq({ apiKey: 'doctor', baseURL: url, maxRetries: 0 });
      ${OPENAI_LIKE}`,
  },
  {
    packages: ['@mistralai/mistralai'],
    provider: 'mistral',
    code: `const { Mistral } = await load('@mistralai/mistralai');
      const client = new Mistral({ apiKey: 'doctor', serverURL: url });
      await client.chat.complete({ model: 'mistral-small-latest', messages: [{ role: 'user', content: 'Hello' }] });`,
  },
  {
    packages: ['cohere-ai'],
    provider: 'cohere',
    code: `const { CohereClientV2 } = await load('cohere-ai');
      const client = new CohereClientV2({ token: 'doctor', environment: url });
      await client.chat({ model: 'command-r', messages: [{ role: 'user', content: 'Hello' }] }, { maxRetries: 0 });`,
  },
];

/** What every app has: the built-in fetch. */
export const FETCH_PROBE: ClientProbe = {
  packages: [],
  provider: 'openai',
  code: `const body = JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] });
      const headers = { 'content-type': 'application/json' };
      await (await fetch(url + '/v1/chat/completions', { method: 'POST', headers, body })).json();`,
};
