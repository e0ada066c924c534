import { isApiKey } from '@llmobserve/protocol';
import type { Check } from './report.ts';

const KEY_LENGTH = 46;
const CREATE = 'create a key in the dashboard under Settings → Keys and set LLMOBSERVE_API_KEY to it';
const COPY = 'copy it again, whole: a key is shown only once, so make a new one if it is gone';

/** Is there a key, and can it be one? Says what is wrong with it, and never the key. */
export function checkKey(given: string | undefined): Check {
  const key = given?.trim() ?? '';
  if (key === '') return fail('LLMOBSERVE_API_KEY is not set', CREATE);
  if (isApiKey(key)) return { name: 'key', status: 'ok', message: 'LLMOBSERVE_API_KEY has the form of a key, and its checksum is right' };
  if (/^["'].*["']$/s.test(key))
    return fail('LLMOBSERVE_API_KEY has quotation marks around it', 'take them away: they became part of the key');
  if (!key.startsWith('llmo_sk_'))
    return fail('LLMOBSERVE_API_KEY does not begin with llmo_sk_', `that is no key of LLMObserve: ${CREATE}`);
  if (key.length !== KEY_LENGTH) return fail(`LLMOBSERVE_API_KEY has ${key.length} characters instead of ${KEY_LENGTH}`, COPY);
  return fail('LLMOBSERVE_API_KEY has a wrong checksum: some character is not the one that was issued', COPY);
}

function fail(message: string, advice: string): Check {
  return { name: 'key', status: 'fail', message, advice };
}
