import { describe, expect, test } from 'vitest';
import { findOperation } from '../../src/providers/index.ts';

type Case = readonly [request: string, expected: string | undefined];

function find(
  request: string,
  headers: Readonly<Record<string, string>> = {},
  settings: Readonly<Record<string, string>> = {},
): string | undefined {
  const [method = '', url = ''] = request.split(' ');
  const { host, pathname } = new URL(url);
  const found = findOperation({ method, host, path: pathname, header: (name) => headers[name] }, settings);
  if (!found) return undefined;
  const { provider, operation, pathModel } = found.operation;
  return [found.isCertain ? 'certain' : 'guessed', provider, operation, ...(pathModel === undefined ? [] : [pathModel])].join(' ');
}

describe('a known host is certain', () => {
  test.each<Case>([
    ['POST https://api.openai.com/v1/chat/completions', 'certain openai chat'],
    ['POST https://api.openai.com/v1/embeddings', 'certain openai embeddings'],
    ['POST https://api.openai.com/v1/responses', 'certain openai responses'],
    ['GET https://api.openai.com/v1/responses/resp_123', 'certain openai responses'],
    ['POST https://api.openai.com/v1/responses/resp_123/cancel', 'certain openai responses'],
    ['POST https://api.openai.com/v1/moderations', 'certain openai moderations'],
    ['GET https://api.openai.com/v1/models', undefined],
    ['GET https://api.openai.com/v1/chat/completions', undefined],
    ['POST https://api.openai.com/v1/responses/input_tokens', undefined],
    ['GET https://api.openai.com/v1/responses/resp_123/input_items', undefined],
    ['DELETE https://api.openai.com/v1/responses/resp_123', undefined],
    ['POST https://api.groq.com/openai/v1/chat/completions', 'certain groq chat'],
    ['POST https://api.deepseek.com/chat/completions', 'certain deepseek chat'],
    ['POST https://openrouter.ai/api/v1/chat/completions', 'certain openrouter chat'],
    ['POST https://acme.openai.azure.com/openai/deployments/my%20gpt/chat/completions', 'certain azure chat my gpt'],
    ['POST https://acme.openai.azure.com/openai/deployments/100%/embeddings', 'certain azure embeddings 100%'],
    ['POST https://acme.openai.azure.com/openai/v1/responses', 'certain azure responses'],
    ['POST https://docs-abc.svc.aped-1.pinecone.io/query', 'certain pinecone query'],
    ['POST https://docs-abc.svc.aped-1.pinecone.io/vectors/upsert', 'certain pinecone upsert'],
    ['GET https://docs-abc.svc.aped-1.pinecone.io/vectors/fetch', 'certain pinecone fetch'],
    ['POST https://docs-abc.svc.aped-1.pinecone.io/records/namespaces/a/search', 'certain pinecone search'],
    ['GET https://api.pinecone.io/indexes', undefined],
  ])('%s', (request, expected) => {
    expect(find(request)).toBe(expected);
  });
});

describe('an unknown host is guessed by an unmistakable path', () => {
  test.each<Case>([
    ['POST http://127.0.0.1:4000/v1/chat/completions', 'guessed openai chat'],
    ['POST http://llm.internal/proxy/v1/embeddings', 'guessed openai embeddings'],
    ['POST http://127.0.0.1:4000/openai/deployments/gpt/chat/completions', 'guessed azure chat gpt'],
    ['GET http://127.0.0.1:4000/v1/responses/resp_1', 'guessed openai responses'],
    ['POST http://127.0.0.1:4000/chat/completions', undefined],
    ['POST http://example.com/embeddings', undefined],
    ['POST http://example.com/query', undefined],
  ])('%s', (request, expected) => {
    expect(find(request)).toBe(expected);
  });

  test('Pinecone by its path and its key or version', () => {
    expect(find('POST http://127.0.0.1:5080/query', { 'x-pinecone-api-version': '2025-10' })).toBe('guessed pinecone query');
    expect(find('GET http://127.0.0.1:5080/vectors/fetch', { 'api-key': 'pc' })).toBe('guessed pinecone fetch');
    expect(find('POST http://127.0.0.1:5080/vectors/fetch')).toBeUndefined();
  });
});

describe('a setting names an own gateway', () => {
  test('by host and port, and by host alone', () => {
    expect(find('POST http://llm.internal:4000/chat/completions', {}, { 'llm.internal:4000': 'openai' })).toBe('certain openai chat');
    expect(find('POST http://llm.internal:4000/chat/completions', {}, { 'llm.internal': 'together' })).toBe('certain together chat');
    expect(find('POST http://vectors.internal/query', {}, { 'vectors.internal': 'pinecone' })).toBe('certain pinecone query');
  });

  test('and wins over a known host', () => {
    expect(find('POST https://api.openai.com/v1/chat/completions', {}, { 'api.openai.com': 'mine' })).toBe('certain mine chat');
  });
});
