import type { WireRequest } from '../../wire/index.ts';
import { createProvider } from '../create-provider.ts';
import type { Operation, Provider, Route } from '../provider.ts';
import { completeBatch, completeBatchResults } from './complete-batch.ts';
import { completeChat } from './complete-chat.ts';
import { completeImage } from './complete-image.ts';
import { completeResponse } from './complete-response.ts';
import { completeSpeech, estimateSpeech } from './complete-speech.ts';
import { completeTranscript, estimateTranscript } from './complete-transcript.ts';
import { openAiReader, perplexityReader, transcriptReader } from './open-ai-reader.ts';
import { readHeaders } from './read-headers.ts';

const CHAT: Route = {
  kind: 'llm',
  operation: 'chat',
  outputMembers: ['content', 'text', 'arguments', 'refusal', 'reasoning_content', 'reasoning'],
  hasPrompt: true,
  confirm: 'messages|model,prompt',
  complete: completeChat,
};
const EMBEDDINGS: Route = { kind: 'embedding', operation: 'embeddings', hasPrompt: true, confirm: 'input,model|inputs,model' };
const RESPONSE: Route = { kind: 'llm', operation: 'responses', outputMembers: ['delta'], hasPrompt: true, complete: completeResponse };
const NEW_RESPONSE: Route = { ...RESPONSE, confirm: 'model,input|model,prompt' };
const LOOK: Route = { ...RESPONSE, isRetrieval: true };
const IMAGE: Route = { kind: 'image', operation: 'images', confirm: 'prompt|image', complete: completeImage };
const TRANSCRIPT: Route = {
  kind: 'audio',
  operation: 'transcription',
  outputMembers: ['delta'],
  confirm: 'file',
  complete: completeTranscript,
  estimate: estimateTranscript,
  reader: transcriptReader,
};
const BATCH: Route = { kind: 'batch', operation: 'batch', complete: completeBatch };
const BATCH_LOOK: Route = { ...BATCH, isRetrieval: true };

const table: Provider = createProvider({
  path: /(?:\/openai\/deployments\/(?<model>[^/]+))?\/(?<call>(?:chat|agents)\/completions|completions|embeddings|(?:multimodal|contextualized)embeddings|classifications|ocr|responses(?:\/compact)?|moderations|images\/(?:generations|edits|variations)|audio\/(?:speech|transcriptions|translations)|rerank|batches|files)(?:\/(?<id>[^/]+))?(?<verb>\/cancel|\/content)?$/,
  reader: openAiReader,
  calls: {
    'POST chat/completions': CHAT,
    // Mistral's agents and documents, and Voyage's pictures and contexts.
    'POST agents/completions': CHAT,
    'POST ocr': { kind: 'llm', operation: 'ocr', confirm: 'document,model' },
    'POST classifications': { kind: 'llm', operation: 'classify', hasPrompt: true },
    'POST multimodalembeddings': EMBEDDINGS,
    'POST contextualizedembeddings': EMBEDDINGS,
    'POST completions': { ...CHAT, operation: 'completions' },
    'POST embeddings': EMBEDDINGS,
    'POST responses': NEW_RESPONSE,
    'POST responses/compact': NEW_RESPONSE,
    'GET responses*': LOOK,
    'POST responses*/cancel': LOOK,
    'POST moderations': { kind: 'moderation', operation: 'moderations', isFree: true, confirm: 'input' },
    'POST images/generations': IMAGE,
    'POST images/edits': IMAGE,
    'POST images/variations': IMAGE,
    'POST audio/speech': {
      kind: 'audio',
      operation: 'speech',
      hasPrompt: true,
      confirm: 'input,voice',
      complete: completeSpeech,
      estimate: estimateSpeech,
    },
    'POST audio/transcriptions': TRANSCRIPT,
    'POST audio/translations': { ...TRANSCRIPT, operation: 'translation' },
    'POST rerank': { kind: 'rerank', operation: 'rerank', confirm: 'query,documents' },
    'POST batches': { ...BATCH, confirm: 'input_file_id,endpoint' },
    'GET batches*': BATCH_LOOK,
    'POST batches*/cancel': BATCH_LOOK,
    'GET files*/content': { ...BATCH_LOOK, complete: completeBatchResults },
  },
  guess: ({ path }) => (HABITUAL.test(path) ? (path.includes('/openai/deployments/') ? 'azure' : 'openai') : undefined),
});

/** Where clients of OpenAI-compatible servers look by habit; an id must be of OpenAI's own making. */
const HABITUAL = /\/(?:v\d\w*|openai\/deployments\/[^/]+)\/(?:[a-z]+(?:\/[a-z]+)?|\w+\/(?:resp_|batch|file)[^/]+(?:\/\w+)?)$/;

/** OpenAI, Azure, and every host that speaks their form. */
export const openAi: Provider = {
  findOperation(request, kind) {
    const operation = table.findOperation(request, kind);
    return operation && adapt(operation, request);
  },
  guessOperation(request) {
    const operation = table.guessOperation(request);
    return operation && readHeaders(operation);
  },
};

/** What a few hosts do otherwise. */
function adapt(operation: Operation, { path }: WireRequest): Operation {
  const { provider } = operation;
  if (provider === 'azure' || provider === 'litellm') return readHeaders(operation);
  if (provider === 'perplexity') return { ...operation, reader: perplexityReader };
  // Hugging Face routes to others, each with prices of its own, and names them in the path.
  const served = provider === 'huggingface' ? /^\/(?!v\d)([\w-]+)/.exec(path)?.[1] : undefined;
  return served === undefined ? operation : { ...operation, provider: `huggingface_${served}` };
}
