import { ApiError, readProblem } from './api-error.ts';

export type ApiClient = {
  /** Reads one answer; rejects with `ApiError` only. */
  get<Answer>(path: string, options?: { readonly signal?: AbortSignal }): Promise<Answer>;
  post<Answer>(path: string, body: unknown): Promise<Answer>;
};

export type ApiClientDeps = { readonly fetch: typeof fetch };

const MAX_WAIT_MS = 30_000;

/** Speaks with the collector that served this page; the session is its cookie. */
export function createApiClient(deps: ApiClientDeps): ApiClient {
  const send = async <Answer>(path: string, init: RequestInit): Promise<Answer> => {
    const response = await reach(deps, path, init);
    if (!response.ok) throw await readProblem(response);
    // Safe because a test of the collector proves every answer against these types.
    return (await response.json().catch(() => undefined)) as Answer;
  };
  return {
    get: (path, options = {}) => send(path, { headers: { accept: 'application/json' }, signal: bounded(options.signal) }),
    post: (path, body) =>
      send(path, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: bounded(undefined),
      }),
  };
}

async function reach(deps: ApiClientDeps, path: string, init: RequestInit): Promise<Response> {
  try {
    return await deps.fetch(path, { ...init, credentials: 'same-origin' });
  } catch (cause) {
    if (init.signal?.aborted && !isTimeout(cause)) throw cause;
    const detail = isTimeout(cause)
      ? `No answer within ${MAX_WAIT_MS / 1000} s. What was shown before still holds.`
      : 'The collector cannot be reached. What was shown before still holds. Check that it runs and that you are online.';
    throw new ApiError({ code: 'unreachable', status: 0, detail }, { cause });
  }
}

function bounded(signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(MAX_WAIT_MS);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'TimeoutError';
}
