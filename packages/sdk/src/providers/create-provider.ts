import type { EventKind } from '@llmobserve/protocol';
import type { WireRequest } from '../wire/index.ts';
import type { Operation, Provider, Reader, Reading, Route, Seen } from './provider.ts';
import { merge, readHead } from './read-answer.ts';

/** A family's calls as data. */
export type CallTable = {
  /** Groups: `call`, and where the path has them `model`, `id` and `verb`. */
  readonly path: RegExp;
  /** By method, call and verb; a star stands for an id: `GET messages/batches*` and then its verb. */
  readonly calls: Readonly<Record<string, Route | ((model: string) => Route | undefined)>>;
  readonly reader: Reader;
  /** The model that answers is the one in the path, whatever the answer calls it. */
  readonly isNamedByPath?: boolean;
  /** Finds the region in host and path. */
  readonly region?: RegExp;
  /** Whose call it is at a host nobody named, if it is unmistakable. */
  readonly guess?: (request: WireRequest) => string | undefined;
};

/** Writes down one kind of call; models that write or embed read a prompt. */
export function route(kind: EventKind, operation: string, more?: Partial<Route>): Route {
  return { kind, operation, hasPrompt: kind === 'llm' || kind === 'embedding', ...more };
}

/** Makes a provider of a table of its calls. */
export function createProvider({ path, calls, reader, isNamedByPath, region, guess }: CallTable): Provider {
  function findOperation(request: WireRequest, provider: string): Operation | undefined {
    const groups = path.exec(request.path)?.groups;
    if (!groups) return undefined;
    const { call = '', id, verb = '' } = groups;
    const model = decodeName(groups['model']);
    const found = calls[`${request.method} ${call}${id === undefined ? '' : '*'}${verb}`];
    const chosen = typeof found === 'function' ? found(model ?? '') : found;
    if (!chosen) return undefined;
    const place = region?.exec(request.host + request.path)?.[1];
    const complete = isNamedByPath || reader.heads.length > 0 ? completeBy(chosen) : chosen.complete;
    return { reader, ...chosen, complete, provider, pathModel: model, pathId: id, region: place };

    /** What the answer's body does not say its head may. */
    function completeBy({ complete: add }: Route): (reading: Reading, seen: Seen) => Reading {
      return (body, seen) => {
        const reading = { ...merge(readHead(seen.header, reader), body), ...(isNamedByPath && { model }) };
        return add?.(reading, seen) ?? reading;
      };
    }
  }
  return {
    findOperation,
    guessOperation(request) {
      const kind = path.test(request.path) ? guess?.(request) : undefined;
      return kind === undefined ? undefined : findOperation(request, kind);
    },
  };
}

/** A name as it stands in a path; one that is not well encoded stays as it is. */
function decodeName(name: string | undefined): string | undefined {
  try {
    return name && decodeURIComponent(name);
  } catch {
    return name;
  }
}
