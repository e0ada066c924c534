import { jsonAnswer, type Answer, type ReadRequest } from '../providers/index.ts';
import { refuse } from './refuse.ts';

/** Answers questions about indexes; each index lives on the fake's own host. Nothing to answer: undefined. */
export function answerControlPlane(indexNames: readonly string[], host: string, { method, path }: ReadRequest): Answer | undefined {
  if (method !== 'GET') return undefined;
  if (path === '/indexes') return jsonAnswer(200, { indexes: indexNames.map((name) => describeIndex(name, host)) });
  const [, name] = /^\/indexes\/([^/]+)$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  return indexNames.includes(name) ? jsonAnswer(200, describeIndex(name, host)) : refuse(404);
}

/** Both the form of API 2026-07 (deployment, schema) and the one before it (dimension, metric, spec). */
function describeIndex(name: string, host: string): object {
  return {
    name,
    host,
    status: { ready: true, state: 'Ready' },
    deletion_protection: 'disabled',
    deployment: { deployment_type: 'managed', cloud: 'aws', region: 'us-east-1' },
    schema: { fields: { _values: { type: 'dense_vector', dimension: 1536, metric: 'cosine' } } },
    dimension: 1536,
    metric: 'cosine',
    vector_type: 'dense',
    spec: { serverless: { cloud: 'aws', region: 'us-east-1' } },
  };
}
