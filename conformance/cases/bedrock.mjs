import { readAll } from './read-all.mjs';
import { twentyAtOnce } from './twenty-at-once.mjs';

export const modules = ['@aws-sdk/client-bedrock-runtime', '@smithy/node-http-handler'];
export const providers = ['bedrock http2'];
export const usual = { provider: 'bedrock', kind: 'llm', operation: 'chat', usage: { input: 6, output: 20 } };

export function connect(loaded) {
  const bedrock = loaded['@aws-sdk/client-bedrock-runtime'];
  const { NodeHttpHandler } = loaded['@smithy/node-http-handler'];
  const urls = JSON.parse(process.env.URLS);
  const options = { region: 'us-east-1', credentials: { accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake' }, maxAttempts: 2 };
  const { BedrockRuntimeClient } = bedrock;
  const makeClient = () => new BedrockRuntimeClient({ ...options, endpoint: urls.bedrock, requestHandler: new NodeHttpHandler() });
  const plain = makeClient();
  // Without a handler of one's own this client speaks HTTP/2 (seen 2026-11).
  const withoutHandler = new BedrockRuntimeClient({ ...options, endpoint: urls['bedrock http2'] });
  return {
    bedrock,
    makeClient,
    send: (name, input) => plain.send(new bedrock[`${name}Command`](input)),
    sendByHttp2: (name, input) => withoutHandler.send(new bedrock[`${name}Command`](input)),
  };
}

const CLAUDE = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const TITAN = 'amazon.titan-embed-text-v2:0';
const question = 'How much does acme cost, naïvely?';
const converse = { modelId: CLAUDE, messages: [{ role: 'user', content: [{ text: question }] }], inferenceConfig: { maxTokens: 20 } };
const bodyOf = (body) => ({ contentType: 'application/json', body: JSON.stringify(body) });
const invoke = {
  modelId: CLAUDE,
  ...bodyOf({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 20, messages: [{ role: 'user', content: question }] }),
};
const withoutMetadata = ({ $metadata: _metadata, ...answer }) => answer;
const textOf = ({ body }) => Buffer.from(body).toString();
const streams = [{ streamed: true, model: CLAUDE }];
const readChunks = async ({ body }) => (await readAll(body)).map(({ chunk }) => Buffer.from(chunk.bytes).toString());

const casesBy = (send, title) => ({
  [`converse${title}`]: {
    isBrief: true,
    kind: `converse${title}`,
    use: async (clients) => withoutMetadata(await clients[send]('Converse', converse)),
    events: [{ model: CLAUDE }],
  },
  [`converse stream${title}`]: {
    isBrief: true,
    kind: `converse${title}`,
    use: async (clients) => readAll((await clients[send]('ConverseStream', converse)).stream),
    events: streams,
  },
  [`invoke${title}`]: {
    kind: `invoke${title}`,
    use: async (clients) => textOf(await clients[send]('InvokeModel', invoke)),
    events: [{ model: CLAUDE }],
  },
  [`invoke stream${title}`]: {
    kind: `invoke${title}`,
    use: async (clients) => readChunks(await clients[send]('InvokeModelWithResponseStream', invoke)),
    events: streams,
  },
});

export const cases = {
  ...casesBy('send', ''),
  ...casesBy('sendByHttp2', ' over HTTP/2'),
  embedding: {
    kind: 'embeddings',
    use: async ({ send }) => textOf(await send('InvokeModel', { modelId: TITAN, ...bodyOf({ inputText: 'one two three' }) })),
    events: [{ kind: 'embedding', operation: 'embeddings', model: TITAN, usage: { input: 3 } }],
  },
  'broken off': {
    kind: 'left streams',
    use: async ({ bedrock, makeClient }) => {
      // This client leaves its connection open when a stream is left, until it is destroyed itself (seen 2026-11).
      const client = makeClient();
      try {
        const { stream } = await client.send(new bedrock.ConverseStreamCommand(converse));
        for await (const event of stream) if (event.contentBlockDelta) return event;
      } finally {
        client.destroy();
      }
    },
    bends: [{ hangAfterPieces: 5 }],
    events: [{ streamed: true, usage: 'estimated', status: undefined, model: CLAUDE }],
  },
  refused: {
    throws: true,
    kind: 'errors and retries',
    use: ({ send }) => send('Converse', converse),
    bends: [{ status: 400 }],
    events: [{ status: 'error', usage: 'none' }],
  },
  throttled: {
    kind: 'errors and retries',
    use: async ({ send }) => withoutMetadata(await send('Converse', converse)),
    bends: [{ status: 429 }],
    events: [{ attempts: 2, model: CLAUDE }],
  },
  'twenty at once': twentyAtOnce(
    async ({ send }) => (await send('Converse', converse)).usage,
    () => ({ model: CLAUDE }),
  ),
};
