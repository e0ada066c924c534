import {
  countTexts,
  hashOf,
  jsonAnswer,
  linesAnswer,
  listOf,
  numberOf,
  recordOf,
  startFakeProvider,
  writeWords,
} from '../providers/index.ts';
import type { Answer, FakeProvider, FakeProviderOptions, ReadRequest } from '../providers/index.ts';

const OUTPUT_WORDS = 12;
const CREATED_AT = '2026-11-20T09:00:00.000Z';

/**
 * Starts an Ollama of the test's own, on its native paths: a line of JSON for each word unless a whole answer is asked for.
 *
 * @example
 * const fake = await startFakeOllama();
 * await fetch(`${fake.url}/api/chat`, { method: 'POST', body: JSON.stringify({ model: 'llama3.2', messages: [] }) });
 */
export function startFakeOllama(options: FakeProviderOptions = {}): Promise<FakeProvider> {
  return startFakeProvider({ answer, refuse }, options);
}

function answer(request: ReadRequest): Answer {
  const { members, path } = request;
  if (path === '/api/chat') return converse(request, (content) => ({ message: { role: 'assistant', content } }));
  if (path === '/api/generate') return converse(request, (response) => ({ response }));
  if (path === '/api/embed') {
    const embeddings = [members['input']].flat().map(() => [0.1, 0.2, 0.3]);
    return jsonAnswer(200, { model: members['model'], embeddings, ...TIMES, prompt_eval_count: countTexts(members['input']) });
  }
  if (path === '/api/embeddings') return jsonAnswer(200, { embedding: [0.1, 0.2, 0.3] });
  return path === '/api/tags' ? jsonAnswer(200, { models: [] }) : refuse(404);
}

const TIMES = { total_duration: 9_000_000, load_duration: 1_000_000 };

function converse({ members, body }: ReadRequest, wrap: (text: string) => object): Answer {
  const input = countTexts([members['prompt'], ...listOf(members['messages']).map((message) => recordOf(message)['content'])]);
  const limit = numberOf(recordOf(members['options'])['num_predict']) ?? OUTPUT_WORDS;
  const words = writeWords(hashOf(body.toString('utf8')), limit);
  const head = { model: members['model'], created_at: CREATED_AT };
  const end = {
    done: true,
    done_reason: 'stop',
    ...TIMES,
    prompt_eval_count: input,
    prompt_eval_duration: 1,
    eval_count: limit,
    eval_duration: 1,
  };
  if (members['stream'] === false) return jsonAnswer(200, { ...head, ...wrap(words.join(' ')), ...end });
  const lines = [...words.map((word) => ({ ...head, ...wrap(`${word} `), done: false })), { ...head, ...wrap(''), ...end }];
  return linesAnswer('application/x-ndjson', lines, { error: 'an error was encountered while running the model' });
}

function refuse(status: number): Answer {
  return jsonAnswer(status, { error: `the fake Ollama answers ${status}` });
}
