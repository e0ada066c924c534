import type { WireRequest } from '../../wire/index.ts';
import { createProvider, route } from '../create-provider.ts';
import type { Operation, Provider, Route } from '../provider.ts';
import { completeBatch, completeBatchResults } from './complete-batch.ts';
import { completeChat } from './complete-chat.ts';
import { completeImage, estimateImage } from './complete-image.ts';
import { completeLater } from './complete-later.ts';
import { completeResponse } from './complete-response.ts';
import { completeSpeech, estimateSpeech } from './complete-speech.ts';
import { completeThoughts } from './complete-thoughts.ts';
import { completeTranscript, estimateTranscript } from './complete-transcript.ts';
import { openAiReader, transcriptReader } from './open-ai-reader.ts';
import { readHeaders } from './read-headers.ts';

const CHAT: Route = route('llm', 'chat', {
  outputMembers: ['content', 'text', 'arguments', 'refusal', 'reasoning_content', 'reasoning'],
  confirm: 'messages|model,prompt',
  complete: completeChat,
});
const RESPONSE: Route = route('llm', 'responses', { outputMembers: ['delta'], complete: completeResponse });
const LOOK: Route = { ...RESPONSE, isRetrieval: true };
const LATER: Route = { ...CHAT, operation: 'responses', confirm: 'request', complete: completeLater };
const LATER_LOOK: Route = { ...LATER, isRetrieval: true };
const TRANSCRIPT: Route = route('audio', 'transcription', {
  outputMembers: ['delta'],
  confirm: 'file',
  complete: completeTranscript,
  estimate: estimateTranscript,
  reader: transcriptReader,
});
const BATCH: Route = route('batch', 'batch', { complete: completeBatch });
const BATCH_LOOK: Route = { ...BATCH, isRetrieval: true };

/** Mistral's agents and documents, and Voyage's pictures and contexts, are among them. */
const table: Provider = createProvider({
  path: /(?:\/openai\/deployments\/(?<model>[^/]+))?\/(?:multimodal|contextualized)?(?<call>(?:async\/)?(?:(?:(?:chat|agents)\/)?completions|sonar)|embeddings|classifications|ocr|responses|moderations|images(?=\/(?:generations|edits|variations)$)|audio\/\w+|rerank|batches|files)(?:\/(?:compact|generations|edits|variations)|\/(?<id>[^/]+))?(?<verb>\/cancel|\/content)?$/,
  reader: openAiReader,
  // Those that keep data in a region bill a tenth more for newer models (2026-03).
  region: /^(\w\w)\.api\.openai\.com/,
  calls: {
    'POST chat/completions': CHAT,
    'POST agents/completions': CHAT,
    'POST sonar': CHAT,
    'POST async/chat/completions': LATER,
    'GET async/chat/completions*': LATER_LOOK,
    'POST async/sonar': LATER,
    'GET async/sonar*': LATER_LOOK,
    'POST completions': { ...CHAT, operation: 'completions' },
    'POST ocr': route('llm', 'ocr', { confirm: 'document,model', hasPrompt: false }),
    'POST classifications': route('llm', 'classify', { confirm: 'input,model' }),
    'POST embeddings': route('embedding', 'embeddings', { confirm: 'input,model|inputs,model' }),
    'POST responses': { ...RESPONSE, confirm: 'model,input|model,prompt' },
    'GET responses*': LOOK,
    'POST responses*/cancel': LOOK,
    'POST moderations': route('moderation', 'moderations', { isFree: true, confirm: 'input' }),
    'POST images': route('image', 'images', {
      confirm: 'prompt|image',
      complete: completeImage,
      estimate: estimateImage,
    }),
    'POST audio/speech': route('audio', 'speech', {
      hasPrompt: true,
      confirm: 'input,voice',
      complete: completeSpeech,
      estimate: estimateSpeech,
    }),
    'POST audio/transcriptions': TRANSCRIPT,
    'POST audio/translations': { ...TRANSCRIPT, operation: 'translation' },
    'POST rerank': route('rerank', 'rerank', { confirm: 'query,documents' }),
    'POST batches': { ...BATCH, confirm: 'input_file_id,endpoint' },
    'GET batches*': BATCH_LOOK,
    'POST batches*/cancel': BATCH_LOOK,
    'GET files*/content': route('batch', 'batch', { isRetrieval: true, isResults: true, complete: completeBatchResults }),
  },
  guess: ({ path }) => (HABITUAL.test(path) ? (OWN_PATHS.find(([, own]) => own.test(path))?.[0] ?? 'openai') : undefined),
});

/** Calls that nobody else has at these paths. */
const OWN_PATHS: readonly (readonly [kind: string, own: RegExp])[] = [
  ['azure', /\/openai\/deployments\//],
  ['mistral', /\/(?:fim\/|agents\/|ocr$)/],
  ['perplexity', /\/sonar$/],
  ['voyage', /\/(?:multimodal|contextualized)e/],
];

/** Where clients of OpenAI-compatible servers look by habit; an id must be of OpenAI's own making. */
const HABITUAL = /\/(?:v\d\w*|openai\/deployments\/[^/]+)\/(?:[a-z]+(?:\/[a-z]+){0,2}|\w+\/(?:resp_|batch|file)[^/]+(?:\/\w+)?)$/;

/** Mistral at Google's Vertex AI. */
export const vertexMistral: Provider = createProvider({
  path: /\/publishers\/mistralai\/models\/(?<model>[^/:]+)(?<verb>:\w+)$/,
  region: /\/locations\/([\w-]+)\//,
  reader: openAiReader,
  calls: { 'POST :rawPredict': CHAT, 'POST :streamRawPredict': CHAT },
  guess: () => 'vertex',
});

/** OpenAI, Azure, and every host that speaks their form. */
export const openAi: Provider = {
  findOperation(request, kind) {
    const operation = table.findOperation(request, kind);
    return operation && adapt(operation, request);
  },
  guessOperation(request) {
    const operation = table.guessOperation(request);
    return operation && { ...readHeaders(operation), answerMark: operation.kind === 'audio' ? HEARD : ANSWERED };
  },
};

/** What tells an answer from that of an app's own service at the same path; one that broke off, or was refused, tells nothing. The end is looked at last, as it may be far. */
const ANSWERED = /"(?:object|usage|error|choices|results|created|b64_json|pages)"|^$|$(?<=^{[^]*[^}\s]\s*)/;
/** Sounds and texts are no JSON. */
const HEARD = /^(?![{<])|"(?:text|type|error)"/;

/** What a few hosts do otherwise. */
function adapt(operation: Operation, { path }: WireRequest): Operation {
  const { provider } = operation;
  if (provider === 'azure' || provider === 'litellm') return readHeaders(operation);
  if (provider === 'google' || provider === 'vertex') return { ...operation, complete: completeThoughts };
  // Hugging Face routes to others, each with prices of its own, and names them in the path.
  const served = provider === 'huggingface' ? /^\/(?!v\d)([\w-]+)/.exec(path)?.[1] : undefined;
  return served === undefined ? operation : { ...operation, provider: `huggingface_${served}` };
}
