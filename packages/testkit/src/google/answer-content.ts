import type { JsonRecord } from '@llmobserve/protocol';
import { hashOf, jsonAnswer, listOf, recordOf, streamAnswer, writeJsonFor, writeWords, type Answer } from '../providers/index.ts';
import type { GeminiUsage } from './plan-usage.ts';
import { errorOf } from './refuse.ts';

export type ContentAsk = {
  readonly model: string;
  readonly members: JsonRecord;
  /** The whole in one, server-sent events, or the pieces of one JSON array. */
  readonly form: 'whole' | 'events' | 'array';
};
export type ContentTold = {
  readonly usage: GeminiUsage;
  readonly omitsUsage: boolean;
  readonly responseId: string;
  /** What the usage says of the tier or the kind of traffic. */
  readonly terms: JsonRecord;
};

/** One made picture: so long that several do not fit into what is kept of an answer. */
export const PICTURE: string = 'A'.repeat(400_000);

/** Answers `:generateContent` and `:streamGenerateContent`. */
export function answerContent(ask: ContentAsk, told: ContentTold): Answer {
  const parts = writeParts(ask, told.usage);
  if (ask.form === 'whole') return jsonAnswer(200, chunkOf({ ask, told, parts, isLast: true }));
  const pieces = parts.flatMap(splitPart);
  const chunks = pieces.map((part, index) => chunkOf({ ask, told, parts: [part], isLast: index === pieces.length - 1 }));
  if (ask.form === 'events') {
    return streamAnswer(
      chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`),
      `data: ${JSON.stringify(errorOf(503))}\r\n\r\n`,
    );
  }
  // Google writes its arrays over many lines, each element with its comma before it.
  const written = chunks.map((chunk, index) => `${index === 0 ? '[' : ',\r\n'}${JSON.stringify(chunk, undefined, 2)}\n`);
  const headers = { 'content-type': 'application/json; charset=UTF-8' };
  return { status: 200, headers, pieces: [...written, ']\n'], errorPiece: `,\r\n${JSON.stringify(errorOf(503), undefined, 2)}\n]\n` };
}

function writeParts({ members }: ContentAsk, usage: GeminiUsage): readonly JsonRecord[] {
  const hash = hashOf(JSON.stringify(members['contents'] ?? ''));
  const [declared] = listOf(members['tools']).flatMap((tool) => listOf(recordOf(tool)['functionDeclarations']));
  const tool = recordOf(declared);
  const hasAnswer = JSON.stringify(listOf(members['contents']).at(-1) ?? '').includes('"functionResponse"');
  if ('name' in tool && !hasAnswer) {
    const args = writeJsonFor(tool['parametersJsonSchema'] ?? tool['parameters'], hash);
    return [{ functionCall: { name: tool['name'], args } }];
  }
  const text = { text: writeWords(hash, Math.max(1, usage.candidates - usage.candidatesImage)).join(' ') };
  if (usage.candidatesAudio > 0) return [{ inlineData: { mimeType: 'audio/L16;rate=24000', data: 'AAAA'.repeat(usage.candidatesAudio) } }];
  return usage.candidatesImage > 0 ? [text, { inlineData: { mimeType: 'image/png', data: PICTURE } }] : [text];
}

function splitPart(part: JsonRecord): readonly JsonRecord[] {
  return typeof part['text'] === 'string' ? (part['text'].match(/(?:\s*\S+){1,3}/g) ?? []).map((text) => ({ text })) : [part];
}

type Chunk = { readonly ask: ContentAsk; readonly told: ContentTold; readonly parts: readonly JsonRecord[]; readonly isLast: boolean };

/** Each chunk tells the totals so far; the candidates are counted as they come. */
function chunkOf({ ask, told, parts, isLast }: Chunk): JsonRecord {
  const candidate = { content: { parts, role: 'model' }, ...(isLast ? { finishReason: 'STOP' } : {}), index: 0 };
  const usage = isLast ? told.usage : { ...told.usage, candidates: 3, candidatesImage: 0, candidatesAudio: 0 };
  return {
    candidates: [candidate],
    ...(told.omitsUsage ? {} : { usageMetadata: usageOf(usage, told.terms) }),
    modelVersion: ask.model,
    responseId: told.responseId,
  };
}

/** Counts of nothing are left out, as Google does. */
function usageOf(usage: GeminiUsage, terms: JsonRecord): JsonRecord {
  const modalities = (parts: Readonly<Record<string, number>>): readonly JsonRecord[] =>
    Object.entries(parts).flatMap(([modality, tokenCount]) => (tokenCount > 0 ? [{ modality, tokenCount }] : []));
  const text = usage.prompt - usage.promptAudio - usage.promptImage;
  const counts = {
    promptTokenCount: usage.prompt,
    candidatesTokenCount: usage.candidates,
    totalTokenCount: usage.prompt + usage.toolUse + usage.candidates + usage.thoughts,
    cachedContentTokenCount: usage.cached,
    toolUsePromptTokenCount: usage.toolUse,
    thoughtsTokenCount: usage.thoughts,
  };
  return {
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    promptTokensDetails: modalities({ TEXT: text, AUDIO: usage.promptAudio, IMAGE: usage.promptImage }),
    ...(usage.cached > 0 ? { cacheTokensDetails: modalities({ TEXT: usage.cached }) } : {}),
    ...(usage.candidatesImage + usage.candidatesAudio > 0
      ? { candidatesTokensDetails: modalities({ IMAGE: usage.candidatesImage, AUDIO: usage.candidatesAudio }) }
      : {}),
    ...terms,
  };
}
