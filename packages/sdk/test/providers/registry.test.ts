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
    ['POST https://api.openai.com/v1/responses/', 'certain openai responses'],
    ['POST https://ae.api.openai.com/v1/responses', 'certain openai responses'],
    ['POST https://api.perplexity.ai/v1/sonar', 'certain perplexity chat'],
    ['POST https://api.perplexity.ai/async/chat/completions', 'certain perplexity responses'],
    ['GET https://api.perplexity.ai/v1/async/sonar/1', 'certain perplexity responses'],
    ['GET https://api.perplexity.ai/v1/async/sonar', undefined],
    ['POST https://audio-prod.us-virginia-1.direct.fireworks.ai/v1/audio/transcriptions', 'certain fireworks transcription'],
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
    ['POST https://api.openai.com/v1/images/generations', 'certain openai images'],
    ['POST https://api.openai.com/v1/images/variations', 'certain openai images'],
    ['POST https://api.openai.com/v1/audio/translations', 'certain openai translation'],
    ['POST https://api.openai.com/v1/responses/compact', 'certain openai responses'],
    ['POST https://api.openai.com/v1/batches', 'certain openai batch'],
    ['GET https://api.openai.com/v1/batches', undefined],
    ['GET https://api.openai.com/v1/batches/batch_1', 'certain openai batch'],
    ['POST https://api.openai.com/v1/files', undefined],
    ['GET https://api.openai.com/v1/files/file-1', undefined],
    ['GET https://api.openai.com/v1/files/file-1/content', 'certain openai batch'],
    ['POST https://acme.openai.azure.com/openai/deployments/pictures/images/edits', 'certain azure images pictures'],
    ['POST https://acme.services.ai.azure.com/models/chat/completions', 'certain azure chat'],
    ['POST https://acme.cognitiveservices.azure.com/openai/deployments/ears/audio/transcriptions', 'certain azure transcription ears'],
    ['POST https://api.fireworks.ai/inference/v1/chat/completions', 'certain fireworks chat'],
    ['POST https://api.together.xyz/v1/rerank', 'certain together rerank'],
    ['POST https://api.x.ai/v1/chat/completions', 'certain xai chat'],
    ['POST https://api.z.ai/api/paas/v4/chat/completions', 'certain zai chat'],
    ['POST https://api.cloudflare.com/client/v4/accounts/1/ai/v1/chat/completions', 'certain cloudflare chat'],
    ['POST https://router.huggingface.co/v1/chat/completions', 'certain huggingface chat'],
    ['POST https://router.huggingface.co/groq/openai/v1/chat/completions', 'certain huggingface_groq chat'],
    ['POST https://acme--llm.modal.direct/v1/chat/completions', 'certain modal chat'],
    ['POST http://localhost:11434/api/chat', 'certain ollama chat'],
    ['POST http://ollama.internal:11434/v1/chat/completions', 'certain ollama chat'],
    ['POST http://10.0.0.7:6333/collections/a/points/search', 'certain qdrant search'],
    ['POST http://127.0.0.1:1234/v1/chat/completions', 'certain lmstudio chat'],
    ['POST https://docs-abc.svc.aped-1.pinecone.io/namespaces/a/documents/search', 'certain pinecone search'],
    ['POST https://docs-abc.svc.aped-1.pinecone.io/records/namespaces/a/upsert', 'certain pinecone upsert'],
    ['DELETE https://docs-abc.svc.aped-1.pinecone.io/namespaces/a', 'certain pinecone delete'],
    ['GET https://docs-abc.svc.aped-1.pinecone.io/namespaces', undefined],
    ['POST https://docs-abc.svc.aped-1.pinecone.io/bulk/imports', 'certain pinecone import'],
    ['GET https://docs-abc.svc.aped-1.pinecone.io/bulk/imports/1', undefined],
    ['POST https://api.pinecone.io/embed', 'certain pinecone embed'],
    ['POST https://api.pinecone.io/rerank', 'certain pinecone rerank'],
    ['POST https://api.pinecone.io/indexes/create-for-model', undefined],
    ['POST https://abc.eu-central-1-0.aws.cloud.qdrant.io:6333/collections/a/points/query', 'certain qdrant query'],
    ['POST https://acme.c0.europe-west3.gcp.weaviate.cloud/v1/graphql', 'certain weaviate query'],
    ['POST https://api.trychroma.com/api/v2/tenants/a/databases/b/collections/c/query', 'certain chroma query'],
    ['POST https://gcp-us-central1.turbopuffer.com/v2/namespaces/docs/query', 'certain turbopuffer query'],
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
    ['POST http://127.0.0.1:4000/v1/openai/chat/completions', 'guessed openai chat'],
    ['POST http://127.0.0.1:4000/v1/chat/completions/', 'guessed openai chat'],
    ['POST http://127.0.0.1:4000/chat/completions', undefined],
    ['POST http://example.com/embeddings', undefined],
    ['POST http://example.com/query', undefined],
    ['GET http://127.0.0.1:4000/v1/responses/42', undefined],
    ['GET http://127.0.0.1:4000/v1/batches/batch_1', 'guessed openai batch'],
    ['GET http://127.0.0.1:4000/v1/batches/42', undefined],
    ['GET http://127.0.0.1:4000/v1/files/42/content', undefined],
    ['POST http://127.0.0.1:11435/api/chat', 'guessed ollama chat'],
    ['POST http://127.0.0.1:6444/collections/docs/points/query', 'guessed qdrant query'],
    ['GET http://127.0.0.1:6444/collections/docs/points/7', undefined],
    ['POST http://127.0.0.1:4000/v1/images', undefined],
    ['POST http://127.0.0.1:4000/v1/images/generations', 'guessed openai images'],
    ['POST http://127.0.0.1:8000/api/v2/tenants/a/databases/b/collections/c/query', 'guessed chroma query'],
    // Whose these are nobody can tell.
    ['POST http://127.0.0.1:8080/v1/graphql', undefined],
    ['POST http://127.0.0.1:8080/v2/namespaces/a/query', undefined],
  ])('%s', (request, expected) => {
    expect(find(request)).toBe(expected);
  });

  test('Pinecone by its path and its key, its version or its client', () => {
    const client = { 'api-key': 'pc', 'user-agent': '@pinecone-database/pinecone v2.2.2; lang=typescript' };
    expect(find('POST http://127.0.0.1:5080/query', client)).toBe('guessed pinecone query');
    expect(find('POST http://127.0.0.1:5080/describe_index_stats', client)).toBe('guessed pinecone stats');
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

  test('of any kind', () => {
    const kinds = { a: 'azure', b: 'weaviate', c: 'turbopuffer', d: 'ollama' };
    expect(find('POST http://a/openai/v1/responses', {}, kinds)).toBe('certain azure responses');
    expect(find('POST http://b/v1/objects', {}, kinds)).toBe('certain weaviate upsert');
    expect(find('POST http://c/v2/namespaces/docs', {}, kinds)).toBe('certain turbopuffer upsert');
    expect(find('POST http://d/api/generate', {}, kinds)).toBe('certain ollama completions');
  });

  test('and wins over a known host', () => {
    expect(find('POST https://api.openai.com/v1/chat/completions', {}, { 'api.openai.com': 'mine' })).toBe('certain mine chat');
  });
});
