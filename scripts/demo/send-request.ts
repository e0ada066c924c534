import type { AppRequest } from './pick-request.ts';

/** Asks the app and reads its answer; a reader who leaves early drops the rest. True when the app answered well. */
export async function sendRequest(appUrl: string, request: AppRequest, signal: AbortSignal): Promise<boolean> {
  const leaving = new AbortController();
  try {
    const response = await fetch(`${appUrl}${request.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': request.tenantKey, 'x-user': request.user },
      body: JSON.stringify(request.body),
      signal: AbortSignal.any([signal, leaving.signal]),
    });
    if (request.leavesEarly) {
      await response.body?.getReader().read();
      leaving.abort();
    } else await response.text();
    return response.ok;
  } catch {
    return false;
  }
}
