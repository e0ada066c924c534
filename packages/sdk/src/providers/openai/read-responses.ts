import { isJsonRecord, type JsonRecord } from '@llmobserve/protocol';
import type { Reader, Reading, StreamView } from '../provider.ts';
import { findLastObject, listMembers, parseJson } from '../read-members.ts';
import { present, recordIn, textIn } from '../read-value.ts';
import { parseEvent } from './parse-event.ts';
import { readPrompt } from './read-prompt.ts';
import { readErrorCode } from './read-error-code.ts';
import { readOpenAiUsage } from './read-usage.ts';

const UNFINISHED = new Set(['queued', 'in_progress']);
const FINAL_EVENT = /^\s*\{\s*"type"\s*:\s*"response\.(?:completed|incomplete|failed|cancelled)"/;
const TIER = /"service_tier"\s*:\s*"([^"\\]+)"/g;

/** `responses`: plain, streamed, begun in the background and looked up by id. */
export const responsesReader: Reader = {
  members: ['id', 'model', 'usage', 'service_tier', 'status', 'error', 'background'],
  readAnswer: readResponse,
  readStream,
  outputMembers: ['delta'],
  readPrompt,
  isUnmistakable({ text, totalBytes }) {
    if (totalBytes === 0) return true; // A look-up has no body; its id in the path says enough.
    const names = listMembers(text);
    return names.includes('model') && (names.includes('input') || names.includes('prompt'));
  },
};

function readResponse(response: JsonRecord): Reading {
  const status = textIn(response, 'status');
  return present<Reading>({
    model: textIn(response, 'model'),
    responseId: textIn(response, 'id'),
    usage: readOpenAiUsage(response['usage']),
    serviceTier: textIn(response, 'service_tier'),
    errorCode: status === 'failed' ? (readErrorCode(response['error']) ?? 'failed') : undefined,
    progress: progressOf(status),
    isBackground: response['background'] === true ? true : undefined,
  });
}

function progressOf(status: string | undefined): Reading['progress'] {
  if (status === 'cancelled') return status;
  return status !== undefined && UNFINISHED.has(status) ? 'unfinished' : undefined;
}

/** The last event carries the whole response; one too long to be kept still ends with its usage. */
function readStream(stream: StreamView): Reading {
  const begun = withoutProgress(readResponse(recordIn(parseEvent(stream.first[0]), 'response')));
  const final = stream.last.findLast((payload) => FINAL_EVENT.test(payload) || readErrorEvent(payload) !== undefined);
  if (final === undefined) {
    const usage = readOpenAiUsage(findLastObject(stream.tail, 'usage'));
    // Work in the background goes on without its stream, and its end can be asked for.
    const progress = begun.isBackground && !usage ? 'unfinished' : undefined;
    return { ...begun, ...present<Reading>({ usage, progress, serviceTier: lastTier(stream.tail) }) };
  }
  const errorCode = readErrorEvent(final);
  if (errorCode !== undefined) return { ...begun, errorCode };
  return { ...begun, ...readResponse(recordIn(parseEvent(final), 'response')) };
}

/** What a stream's first event says of its state is over when the stream is. */
function withoutProgress({ progress: _progress, ...reading }: Reading): Reading {
  return reading;
}

function readErrorEvent(payload: string): string | undefined {
  if (!payload.includes('"error"')) return undefined;
  const event = parseJson(payload);
  if (!isJsonRecord(event)) return undefined;
  if (event['type'] === 'error') return readErrorCode(event['error'] ?? event);
  return event['type'] === undefined ? readErrorCode(event['error']) : undefined;
}

function lastTier(tail: string): string | undefined {
  return [...tail.matchAll(TIER)].at(-1)?.[1];
}
