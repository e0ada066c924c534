import { createBoundedMap, jsonAnswer, streamAnswer, type Answer } from '../providers/index.ts';
import type { ResponseBody } from './answer-response.ts';
import { inStreamError, refuse } from './refuse.ts';
import { streamResponse } from './stream-response.ts';

/** A background response is still at work for this many looks. */
const LOOKS_BEFORE_DONE = 1;

/** Responses that were asked for in the background, or may be looked up later. */
export type BackgroundResponses = {
  /** Answers a request for a background response with its first state. */
  begin(response: ResponseBody): Answer;
  /** Keeps a completed response for later looks. */
  keep(response: ResponseBody): void;
  look(id: string): Answer;
  /** Tells a response as a stream, to its end. */
  follow(id: string): Answer;
  cancel(id: string): Answer;
};

export function createBackgroundResponses(): BackgroundResponses {
  const kept = createBoundedMap<{ readonly response: ResponseBody; looksLeft: number }>();
  const keep = (response: ResponseBody, looksLeft: number): void => kept.set(response.id, { response, looksLeft });
  return {
    keep: (response) => keep(response, 0),
    begin: (response) => {
      keep(response, LOOKS_BEFORE_DONE);
      return jsonAnswer(200, unfinished(response, 'queued'));
    },
    look: (id) => {
      const found = kept.get(id);
      if (!found) return refuse(404);
      if (found.looksLeft === 0) return jsonAnswer(200, found.response);
      found.looksLeft -= 1;
      return jsonAnswer(200, unfinished(found.response, 'in_progress'));
    },
    follow: (id) => {
      const found = kept.get(id);
      if (!found) return refuse(404);
      found.looksLeft = 0;
      return streamAnswer(streamResponse(found.response), inStreamError());
    },
    cancel: (id) => {
      const found = kept.get(id);
      if (!found) return refuse(404);
      const cancelled = unfinished(found.response, 'cancelled');
      keep(cancelled, 0);
      return jsonAnswer(200, cancelled);
    },
  };
}

function unfinished(response: ResponseBody, status: string): ResponseBody {
  return { ...response, status, output: [], usage: null };
}
