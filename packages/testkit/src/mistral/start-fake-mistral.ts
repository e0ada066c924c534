import type { JsonRecord } from '@llmobserve/protocol';
import { countTexts, createTellUsage, jsonAnswer, listOf, readForm, startFakeProvider } from '../providers/index.ts';
import type { Answer, FakeProvider, FakeProviderOptions, TellingOptions, TellUsage } from '../providers/index.ts';
import { answerChat } from './answer-chat.ts';

export type FakeMistralOptions = FakeProviderOptions &
  TellingOptions & {
    /** Pages of each document that is read; 3 without it. */
    readonly pages?: number;
  };

const AUDIO_SECONDS = 42;
const DIMENSIONS = 1024;

/**
 * Starts a Mistral of the test's own: chat, fill-in-the-middle and agents with their streams, embeddings, moderation,
 * documents, transcription; tokens are words.
 *
 * @example
 * const fake = await startFakeMistral();
 * const mistral = new Mistral({ apiKey: 'fake', serverURL: fake.url });
 */
export function startFakeMistral(options: FakeMistralOptions = {}): Promise<FakeProvider> {
  const tell = createTellUsage(options);
  return startFakeProvider(
    {
      refuse,
      answer: (request) => {
        const { method, path, headers, members } = request;
        if (!headers.authorization) return refuse(401);
        const call = /\/v1\/(.+)$/.exec(path)?.[1];
        if (method !== 'POST') return refuse(404);
        if (call === 'chat/completions' || call === 'fim/completions' || call === 'agents/completions') return answerChat(members, tell);
        if (call === 'embeddings') return answerEmbeddings(members, tell);
        if (call === 'moderations' || call === 'classifications') return answerModeration(members, tell);
        if (call === 'ocr')
          return answerOcr(members, tell({ usage_info: { pages_processed: options.pages ?? 3, doc_size_bytes: 12_345 } }));
        return call === 'audio/transcriptions' ? answerTranscription(readForm(request)['model'], tell) : refuse(404);
      },
    },
    options,
  );
}

function refuse(status: number): Answer {
  const message = `The fake Mistral answers ${status}.`;
  return jsonAnswer(status, { object: 'error', message, type: 'fake_error', param: null, code: String(status) });
}

function answerEmbeddings(members: JsonRecord, tell: TellUsage): Answer {
  const inputs = [members['input'] ?? members['inputs']].flat();
  const tokens = countTexts(inputs);
  const embedding = Array.from({ length: DIMENSIONS }, (_, index) => Math.sin(index));
  const usage = { prompt_tokens: tokens, completion_tokens: 0, total_tokens: tokens, request_count: 1 };
  const rows = inputs.map((_, index) => ({ object: 'embedding', index, embedding }));
  return jsonAnswer(200, { id: 'embd-1', object: 'list', data: rows, model: members['model'], ...tell({ usage }) });
}

function answerModeration(members: JsonRecord, tell: TellUsage): Answer {
  const inputs = listOf(members['input']);
  const results = inputs.map(() => ({ categories: { selfharm: false }, category_scores: { selfharm: 0.01 } }));
  const usage = { prompt_tokens: 8, completion_tokens: 0, total_tokens: 8 };
  return jsonAnswer(200, { id: 'mod-1', model: members['model'], results, ...tell({ usage }) });
}

function answerOcr(members: JsonRecord, usage: JsonRecord): Answer {
  const page = { index: 0, markdown: '# Ledger', images: [], dimensions: { dpi: 200, height: 2200, width: 1700 } };
  return jsonAnswer(200, { pages: [page], model: members['model'], document_annotation: null, ...usage });
}

function answerTranscription(model: unknown, tell: TellUsage): Answer {
  const usage = { prompt_audio_seconds: AUDIO_SECONDS, prompt_tokens: 4, completion_tokens: 30, total_tokens: 409 };
  return jsonAnswer(200, { model, text: 'naïve café', language: null, segments: [], ...tell({ usage }) });
}
