import type { JsonRecord } from '@llmobserve/protocol';
import { findLastObject, listMembers } from '../read-members.ts';
import type { Reader, Reading, StreamView } from '../provider.ts';
import { present, recordIn, textIn } from '../read-value.ts';
import { readPrompt } from './read-prompt.ts';
import { readReportedCost } from './read-reported-cost.ts';
import { readErrorCode } from './read-error-code.ts';
import { readOpenAiUsage } from './read-usage.ts';
import { parseEvent } from './parse-event.ts';

/** Chunks that may come before the first one that names the model: Azure's filter results. */
const MAX_HEAD_EVENTS = 4;

/** `chat/completions`, and the older `completions`. */
export const chatReader: Reader = {
  members: ['id', 'model', 'usage', 'service_tier', 'error'],
  readAnswer: (answer) => readChunk(answer),
  readStream,
  outputMembers: ['content', 'text', 'arguments', 'refusal', 'reasoning_content', 'reasoning'],
  readPrompt,
  isUnmistakable({ text }) {
    const names = listMembers(text);
    return names.includes('messages') || (names.includes('model') && names.includes('prompt'));
  },
};

function readStream(stream: StreamView): Reading {
  const head = readHead(stream.first);
  const last = readLast(stream.last);
  return {
    ...head,
    ...last,
    ...present<Reading>({
      usage: last.usage ?? readOpenAiUsage(findLastObject(stream.tail, 'usage')),
      errorCode: stream.tail.includes('"error"') ? readLastError(stream.last) : undefined,
      serviceTier: last.serviceTier ?? readLastTier(stream.last) ?? head.serviceTier,
    }),
  };
}

function readHead(payloads: readonly string[]): Reading {
  for (const payload of payloads.slice(0, MAX_HEAD_EVENTS)) {
    const reading = readChunk(parseEvent(payload));
    if (reading.model !== undefined) return reading;
  }
  return {};
}

/** The last event that tells a usage; most hosts say `null` in all the others. */
function readLast(payloads: readonly string[]): Reading {
  for (let i = payloads.length - 1; i >= 0; i -= 1) {
    const payload = payloads[i] ?? '';
    const reading = payload.includes('"usage"') ? readChunk(parseEvent(payload)) : {};
    if (reading.usage) return reading;
  }
  return {};
}

function readLastError(payloads: readonly string[]): string | undefined {
  for (let i = payloads.length - 1; i >= 0; i -= 1) {
    const code = readErrorCode(parseEvent(payloads[i])['error']);
    if (code !== undefined) return code;
  }
  return undefined;
}

/** The tier that was served is told again to the end, when it may differ from the first word. */
function readLastTier(payloads: readonly string[]): string | undefined {
  return textIn(parseEvent(payloads.findLast((payload) => payload.includes('"service_tier":"'))), 'service_tier');
}

function readChunk(chunk: JsonRecord): Reading {
  return present<Reading>({
    model: textIn(chunk, 'model'),
    responseId: textIn(chunk, 'id'),
    usage: readUsage(chunk),
    serviceTier: textIn(chunk, 'service_tier'),
    reportedCostUsd: readReportedCost(chunk['usage']),
    errorCode: readErrorCode(chunk['error']),
  });
}

/** Groq puts a stream's usage into a member of its own. */
function readUsage(chunk: JsonRecord): Reading['usage'] {
  return readOpenAiUsage(chunk['usage']) ?? readOpenAiUsage(recordIn(chunk, 'x_groq')['usage']);
}
