import type { WireRequest } from '../../wire/index.ts';
import type { Operation, Provider } from '../provider.ts';
import { freeReader, readReader } from './read-reads.ts';
import { writeReader } from './read-writes.ts';

type Shape = Pick<Operation, 'operation' | 'reader' | 'isFree'>;

/** The data plane, by method and path. */
const CALLS: Readonly<Record<string, Shape>> = {
  'POST /query': { operation: 'query', reader: readReader },
  'GET /vectors/fetch': { operation: 'fetch', reader: readReader },
  'POST /vectors/fetch_by_metadata': { operation: 'fetch', reader: readReader },
  'GET /vectors/list': { operation: 'list', reader: readReader },
  'POST /vectors/upsert': { operation: 'upsert', reader: writeReader },
  'POST /vectors/update': { operation: 'update', reader: writeReader },
  'POST /vectors/delete': { operation: 'delete', reader: writeReader },
  'POST /describe_index_stats': { operation: 'stats', reader: freeReader, isFree: true },
};
const RECORDS = /^POST \/records\/namespaces\/[^/]+\/(search|upsert)$/;
const OWN_HEADER = 'x-pinecone-api-version';

export const pinecone: Provider = {
  findOperation: (request, kind) => operationAt(request, kind),
  guessOperation(request) {
    const isOwn =
      request.header(OWN_HEADER) !== undefined || (request.header('api-key') !== undefined && request.path.startsWith('/vectors/'));
    return isOwn ? operationAt(request, 'pinecone') : undefined;
  },
};

function operationAt(request: WireRequest, provider: string): Operation | undefined {
  const shape = shapeAt(`${request.method} ${request.path}`);
  return shape && { ...shape, provider, kind: 'vector' };
}

function shapeAt(call: string): Shape | undefined {
  if (Object.hasOwn(CALLS, call)) return CALLS[call];
  switch (RECORDS.exec(call)?.[1]) {
    case 'search':
      return { operation: 'search', reader: readReader };
    case 'upsert':
      return { operation: 'upsert', reader: writeReader };
    default:
      return undefined;
  }
}
