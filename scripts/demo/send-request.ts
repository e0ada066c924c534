import type { AppRequest } from './pick-request.ts';

/** Asks the app and reads its answer; a reader who leaves early drops the rest. A failed request is part of life. */
export async function sendRequest(appUrl: string, request: AppRequest, signal: AbortSignal): Promise<void> {
  const leaving = new AbortController();
  try {
    const response = await fetch(`${appUrl}${request.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': request.tenantKey, 'x-user': request.user },
      body: JSON.stringify(request.body),
      signal: AbortSignal.any([signal, leaving.signal]),
    });
    if (!request.leavesEarly) return void (await response.text());
    const reader = response.body?.getReader();
    await reader?.read();
    leaving.abort();
  } catch {
    // Nothing depends on one request: what came of it shows in the dashboard.
  }
}
