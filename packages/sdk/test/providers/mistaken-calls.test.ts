import { describe, expect, test } from 'vitest';
import { readRecorded } from './support/read-recorded.ts';

const APP = 'POST http://127.0.0.1:3000';
const CHAT = { model: 'm', messages: [{ role: 'user', content: 'hello' }] };

describe("an app's own service at a provider's path is no call", () => {
  test.each<readonly [string, object, object | string]>([
    ['/v1/chat/completions', { messages: [{ text: 'hello' }] }, { reply: 'hello' }],
    ['/v1/chat/completions', CHAT, '<html>hello</html>'],
    ['/v1/embeddings', { model: 'm', input: 'a' }, { ok: true }],
    ['/v1/responses', { model: 'm', input: 'a' }, { id: '1' }],
    ['/v1/responses', { survey: 'm', answers: [] }, { id: '1' }],
    ['/v1/images/generations', { prompt: 'a' }, { job: 1 }],
    ['/v1/moderations', { input: 'a' }, { ok: true }],
    ['/v1/rerank', { query: 'a', documents: [] }, { items: [] }],
    ['/v1/ocr', { model: 'm', document: 'a' }, { id: '1' }],
    ['/v1/batches', { input_file_id: 'a', endpoint: 'b' }, { id: '1' }],
    ['/v1/audio/transcriptions', { file: 'a' }, { queued: true }],
    ['/collections/maps/points', { points: [1] }, { ok: true }],
  ])('%s', (path, asked, answer) => {
    expect(readRecorded({ to: APP + path, asked, answer })).toBeUndefined();
  });

  test('a server that speaks like the provider is', () => {
    const answer = { object: 'chat.completion', choices: [], model: 'm' };
    expect(readRecorded({ to: `${APP}/v1/chat/completions`, asked: CHAT, answer })).toMatchObject({ status: 'ok', model: 'm' });
  });

  test('an answer that was refused or broke off tells nothing against it', () => {
    const to = `${APP}/v1/chat/completions`;
    expect(readRecorded({ to, asked: CHAT, answer: 'too many', status: 429 })).toMatchObject({ error: { httpStatus: 429 } });
    expect(readRecorded({ to, asked: CHAT, answer: { id: 'c', choices: [] }, leftAfterBytes: 5 })).toMatchObject({ status: 'cancelled' });
  });
});
