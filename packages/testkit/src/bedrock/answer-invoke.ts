import type { JsonRecord } from '@llmobserve/protocol';
import { hashOf, jsonAnswer, listOf, splitWords, writeWords, type Answer } from '../providers/index.ts';
import { STREAM_HEADERS, type ConverseTold } from './answer-converse.ts';
import type { BedrockUsage } from './plan-usage.ts';
import { writeEvent, writeException } from './write-frame.ts';

export type InvokeAsk = { readonly model: string; readonly members: JsonRecord };

/** Answers `POST /model/…/invoke` in the form of the model's own maker; the head tells the tokens whatever the body says. */
export function answerInvoke(ask: InvokeAsk, told: ConverseTold): Answer {
  const { usage } = told;
  const isSilent = /embed|rerank|canvas|image/.test(ask.model);
  const counts = told.omitsUsage
    ? {}
    : {
        'x-amzn-bedrock-input-token-count': String(usage.input),
        ...(isSilent ? {} : { 'x-amzn-bedrock-output-token-count': String(usage.output) }),
      };
  return jsonAnswer(200, writeBody(ask, told), counts);
}

/** Answers `POST /model/…/invoke-with-response-stream`: each piece packed, and Bedrock's own measures in the last. */
export function streamInvoke(ask: InvokeAsk, told: ConverseTold): Answer {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = told.usage;
  const measures = {
    inputTokenCount: input,
    outputTokenCount: output,
    invocationLatency: 10,
    firstByteLatency: 5,
    cacheReadInputTokenCount: cacheRead,
    cacheWriteInputTokenCount: cacheWrite5m + cacheWrite1h,
  };
  const events = ask.model.includes('anthropic.') ? listClaudeEvents(ask, told) : listPlainEvents(ask, told.usage);
  const last = told.omitsUsage ? {} : { 'amazon-bedrock-invocationMetrics': measures };
  const packed = events.map((event, index) => (index === events.length - 1 ? { ...event, ...last } : event)).map(packChunk);
  return { status: 200, headers: STREAM_HEADERS, pieces: packed, errorPiece: writeException('throttlingException') };
}

function packChunk(event: JsonRecord): Buffer {
  return writeEvent('chunk', { bytes: Buffer.from(JSON.stringify(event)).toString('base64'), p: 'abcdefghijkl' });
}

function writeBody({ model, members }: InvokeAsk, { usage, omitsUsage }: ConverseTold): JsonRecord {
  const text = textFor(members, usage);
  if (model.includes('anthropic.')) {
    const content = [{ type: 'text', text }];
    return { ...claudeHead(members), content, stop_reason: 'end_turn', ...(omitsUsage ? {} : { usage: claudeUsage(usage, usage.output) }) };
  }
  if (model.startsWith('amazon.titan-embed')) return { embedding: [0.1, 0.2], inputTextTokenCount: usage.input };
  if (model.includes('embed'))
    return { embeddings: [[0.1, 0.2]], id: 'embed-1', response_type: 'embeddings_floats', texts: members['texts'] };
  if (model.includes('rerank')) return { results: listOf(members['documents']).map((_, index) => ({ index, relevance_score: 0.5 })) };
  if (/canvas|image/.test(model)) return { images: ['AAAA', 'BBBB'], error: null };
  if (model.includes('llama')) {
    return { generation: text, prompt_token_count: usage.input, generation_token_count: usage.output, stop_reason: 'stop' };
  }
  // Mistral's own form tells no tokens.
  return { outputs: [{ text, stop_reason: 'stop' }] };
}

function claudeHead(members: JsonRecord): JsonRecord {
  return { id: `msg_bdrk_${hashOf(JSON.stringify(members)).toString(36)}`, type: 'message', role: 'assistant', model: 'claude-fake' };
}

function claudeUsage(usage: BedrockUsage, output: number): JsonRecord {
  return {
    input_tokens: usage.input,
    cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
    cache_read_input_tokens: usage.cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: usage.cacheWrite5m, ephemeral_1h_input_tokens: usage.cacheWrite1h },
    output_tokens: output,
  };
}

function listClaudeEvents({ members }: InvokeAsk, { usage, omitsUsage }: ConverseTold): readonly JsonRecord[] {
  const told = (output: number): JsonRecord => (omitsUsage ? {} : { usage: claudeUsage(usage, output) });
  const words = splitWords(textFor(members, usage));
  return [
    { type: 'message_start', message: { ...claudeHead(members), content: [], stop_reason: null, ...told(1) } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    ...words.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, ...(omitsUsage ? {} : { usage: { output_tokens: usage.output } }) },
    { type: 'message_stop' },
  ];
}

function listPlainEvents({ members }: InvokeAsk, usage: BedrockUsage): readonly JsonRecord[] {
  const words = splitWords(textFor(members, usage));
  return words.map((generation, index) => ({ generation, stop_reason: index === words.length - 1 ? 'stop' : null }));
}

function textFor(members: JsonRecord, { output }: BedrockUsage): string {
  return writeWords(hashOf(JSON.stringify(members)), output).join(' ');
}
