import type { CapturedCall } from './capture/index.ts';
import type { SdkConfig } from './config.ts';
import { buildEvent, uuidOfDigest } from './event/index.ts';
import { liveRuntime, type Scope } from './runtime.ts';

export type WriteCallDeps = { readonly nextEventId: () => string; readonly settings: SdkConfig };

/** A call as JSON, or what it is lost for. */
export type WrittenCall =
  | { readonly json: string; readonly lostFor?: undefined }
  | { readonly json?: undefined; readonly lostFor: 'unreadable' | 'too_large' };

/** No batch could carry more beside it, and no call that is ours comes near. */
const MAX_LENGTH = 1_000_000;

/** Writes a call as the event that is sent. */
export function writeCall(call: CapturedCall<Scope>, { nextEventId, settings }: WriteCallDeps): WrittenCall {
  try {
    const json = JSON.stringify(buildEvent(call.id ?? idOfJob(call) ?? nextEventId(), call, settings));
    return json.length > MAX_LENGTH ? { lostFor: 'too_large' } : { json };
  } catch {
    // Such as a start that is no time, or attributes that hold themselves.
    return { lostFor: 'unreadable' };
  }
}

function idOfJob({ jobId }: CapturedCall<Scope>): string | undefined {
  return jobId === undefined ? undefined : uuidOfDigest(liveRuntime().sha256Hex(jobId));
}
