import { expect, test } from 'vitest';
import { Exchange } from '../../src/capture/exchange.ts';
import { findOperation, type Found } from '../../src/providers/index.ts';
import type { WireRequest } from '../../src/wire/index.ts';

const CHUNK = Buffer.alloc(64 * 1024);
const CHUNKS = 40;

/** An exchange whose request and answer are both of many chunks. */
function exchangeOf(url: string, contentType: string): Exchange<undefined> {
  const { host, pathname: path } = new URL(url);
  const request: WireRequest = { method: 'POST', host, path, header: () => undefined };
  const clock = { nowMs: () => 0, monotonicMs: () => 0 };
  const deps = { clock, keepsContent: () => false, onEnd: () => undefined, onFault: () => undefined };
  const exchange = new Exchange<undefined>(deps, { request, found: found(request), scope: undefined, claimed: undefined });
  for (let count = 0; count < CHUNKS; count += 1) exchange.sent(CHUNK);
  exchange.answered(200, (name) => (name === 'content-type' ? contentType : undefined));
  for (let count = 0; count < CHUNKS; count += 1) exchange.received(CHUNK);
  return exchange;
}

function found(request: WireRequest): Found {
  const call = findOperation(request, {});
  if (!call) throw new Error(`nobody's call: ${request.path}`);
  return call;
}

test.each([
  ['of speech nothing is kept', 'https://api.openai.com/v1/audio/speech', 'audio/mpeg', 0],
  [
    'of a transcript the beginning and the end',
    'https://api.openai.com/v1/audio/transcriptions',
    'application/json',
    1024 * 1024 + 128 * 1024,
  ],
  ['of a stream its ends', 'https://api.openai.com/v1/chat/completions', 'text/event-stream; charset=utf-8', 4 * 1024 + 24 * 1024],
] as const)('%s, however long it is', (_name, url, contentType, maxBytes) => {
  const { answer } = exchangeOf(url, contentType);
  expect(answer?.received.totalBytes).toBe(CHUNKS * CHUNK.length);
  expect(answer?.received.keptBytes).toBeLessThanOrEqual(maxBytes);
});

test('of a recording that is sent little is kept, of a prompt more', () => {
  const recording = exchangeOf('https://api.openai.com/v1/audio/transcriptions', 'application/json');
  const prompt = exchangeOf('https://api.openai.com/v1/chat/completions', 'application/json');
  expect(recording.requestBody.keptBytes).toBeLessThanOrEqual(24 * 1024);
  expect(prompt.requestBody.keptBytes).toBeGreaterThanOrEqual(256 * 1024);
});
