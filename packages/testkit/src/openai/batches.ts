import type { JsonRecord } from '@llmobserve/protocol';
import { createBoundedMap, jsonAnswer, listOf, numberOf, recordOf, textOf, type Answer, type ReadRequest } from '../providers/index.ts';
import { refuse } from './refuse.ts';

/** A batch is still at work for this many looks. */
const LOOKS_BEFORE_DONE = 1;
const FIRST_CREATED_S = 1_790_000_000;

export type BatchesDeps = {
  /** Answers one line's request as if it had been sent by itself. */
  readonly answerLine: (path: string, body: JsonRecord) => Answer;
  /** Batches made before September 2025 tell no usage; nor do most hosts that speak like OpenAI. */
  readonly tellsUsage: boolean;
};

/** Files and batches: nothing when the request asks for neither. */
export type Batches = { answer(name: string, request: ReadRequest): Answer | undefined };

type Batch = { readonly id: string; readonly inputFile: string; readonly endpoint: string; looksLeft: number; isCancelled: boolean };

export function createBatches(deps: BatchesDeps): Batches {
  const files = createBoundedMap<string>();
  const batches = createBoundedMap<Batch>();
  let fileCount = 0;
  let batchCount = 0;

  function keepFile(text: string): string {
    fileCount += 1;
    const id = `file-${fileCount}`;
    files.set(id, text);
    return id;
  }

  /** The output's file comes to be when the work is done. */
  function linesOf(batch: Batch): readonly Line[] {
    if (batch.looksLeft > 0 || batch.isCancelled) return [];
    const requests = (files.get(batch.inputFile) ?? '').split('\n').filter(Boolean);
    const lines = requests.map((line) => answerLine(deps, recordOf(JSON.parse(line)), batch.endpoint));
    files.set(outputFileOf(batch), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return lines;
  }

  function look(batch: Batch | undefined): Answer {
    if (!batch) return refuse(404);
    const answer = jsonAnswer(200, describeBatch(batch, linesOf(batch), deps.tellsUsage));
    batch.looksLeft = Math.max(0, batch.looksLeft - 1);
    return answer;
  }

  return {
    answer(name, request) {
      if (name === 'POST files') return jsonAnswer(200, describeFile(keepFile(readUpload(request))));
      const [, fileId] = /^GET files\/([^/]+)\/content$/.exec(name) ?? [];
      if (fileId !== undefined) return fileAnswer(files.get(fileId));
      if (name === 'POST batches') {
        batchCount += 1;
        const id = `batch_${batchCount}`;
        const { input_file_id: inputFile, endpoint } = request.members;
        batches.set(id, {
          id,
          inputFile: String(inputFile),
          endpoint: String(endpoint),
          looksLeft: LOOKS_BEFORE_DONE + 1,
          isCancelled: false,
        });
        return look(batches.get(id));
      }
      const [, id, isCancel] = /^(?:GET|POST) batches\/([^/]+)(\/cancel)?$/.exec(name) ?? [];
      if (id === undefined) return undefined;
      const batch = batches.get(id);
      if (batch && isCancel) batch.isCancelled = true;
      return look(batch);
    },
  };
}

type Line = { readonly custom_id: unknown; readonly response: { readonly status_code: number; readonly body: unknown } };

function outputFileOf({ id }: Batch): string {
  return `${id}-output`;
}

function describeBatch(batch: Batch, lines: readonly Line[], tellsUsage: boolean): object {
  const isDone = batch.looksLeft === 0 && !batch.isCancelled;
  return {
    id: batch.id,
    object: 'batch',
    endpoint: batch.endpoint,
    input_file_id: batch.inputFile,
    completion_window: '24h',
    status: batch.isCancelled ? 'cancelled' : isDone ? 'completed' : 'in_progress',
    output_file_id: isDone ? outputFileOf(batch) : null,
    error_file_id: null,
    created_at: FIRST_CREATED_S,
    request_counts: { total: lines.length, completed: lines.length, failed: 0 },
    metadata: null,
    ...(tellsUsage && isDone && { model: textOf(recordOf(lines[0]?.response.body)['model']), usage: sumUsage(lines) }),
  };
}

function answerLine({ answerLine: answer }: BatchesDeps, line: JsonRecord, endpoint: string): Line {
  const { status, pieces } = answer(textOf(line['url']) ?? endpoint, recordOf(line['body']));
  return { custom_id: line['custom_id'], response: { status_code: status, body: JSON.parse(pieces.join('')) } };
}

function sumUsage(lines: readonly Line[]): object {
  const usages = lines.map((line) => recordOf(recordOf(line.response.body)['usage']));
  const sum = (read: (usage: JsonRecord) => unknown): number => usages.reduce((total, usage) => total + (numberOf(read(usage)) ?? 0), 0);
  const input = sum((usage) => usage['prompt_tokens'] ?? usage['input_tokens']);
  const output = sum((usage) => usage['completion_tokens'] ?? usage['output_tokens']);
  const cached = sum((usage) => recordOf(usage['prompt_tokens_details'] ?? usage['input_tokens_details'])['cached_tokens']);
  const reasoning = sum((usage) => recordOf(usage['completion_tokens_details'] ?? usage['output_tokens_details'])['reasoning_tokens']);
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}

/** The one file of an upload; its lines are JSON. */
function readUpload({ body }: ReadRequest): string {
  return listOf(body.toString('utf8').split(/\r?\n/))
    .map(String)
    .filter((line) => line.startsWith('{'))
    .join('\n');
}

function describeFile(id: string): object {
  return { id, object: 'file', bytes: 1, created_at: FIRST_CREATED_S, filename: 'batch.jsonl', purpose: 'batch', status: 'processed' };
}

function fileAnswer(text: string | undefined): Answer {
  if (text === undefined) return refuse(404);
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, pieces: [text] };
}
