import { type EventError, type EventStatus, isJsonRecord, type Usage, type UsageQuality } from '@llmobserve/protocol';
import {
  findLastText,
  listMembers,
  merge,
  parseJson,
  readAnswer,
  type Reading,
  readMembers,
  readStream,
  readTail,
  type RequestView,
  type Seen,
  type StreamView,
} from '../providers/index.ts';
import { type HeaderReader, readLines, readSse } from '../wire/index.ts';
import { countTokens, type FindTokenizer } from './count-tokens.ts';
import { estimatedUsage, estimateInput } from './estimate-usage.ts';
import type { Answer, EndedExchange } from './exchange.ts';
import { textsIn } from './measure-output.ts';
import { type Body, openBody } from './open-body.ts';
import { viewRequest } from './view-request.ts';

/** What one exchange came to. */
export type Outcome = {
  readonly reading: Reading;
  readonly requestedModel: string | undefined;
  readonly status: EventStatus;
  readonly error: EventError | undefined;
  readonly usage: Usage | undefined;
  readonly usageQuality: UsageQuality;
  readonly isStream: boolean;
};

/** Reads an ended exchange: undefined when it was no call at all (a redirect, another service at that path). */
export function readExchange<Scope>(record: EndedExchange<Scope>, findTokenizer?: FindTokenizer): Outcome | undefined {
  const { operation, answer, end } = record;
  const request = viewRequest(record.requestBody);
  if (!record.isCertain && !isConfirmed(record, request)) return undefined;
  if (answer && answer.status >= 300 && answer.status < 400) return undefined;
  const body = answer && answer.status < 400 ? openBody(answer) : undefined;
  if (!record.isCertain && operation.answerMark?.test(body?.head ?? '') === false) return undefined;
  const requestedModel = request.model ?? operation.pathModel;
  if (answer && answer.status >= 400) return { ...refused(answer), requestedModel };
  if (!answer && end.how === 'failed' && !end.wasSent) {
    return { reading: {}, requestedModel, status: 'error', error: { code: end.code }, isStream: false, ...UNKNOWN };
  }
  const isStream = body?.isStream ?? answer?.isStream ?? false;
  const seen = answer && new SeenAnswer(request, answer.header, body);
  const told = readBody(operation, body);
  const reading = seen && operation.complete && told.errorCode === undefined ? operation.complete(told, seen) : told;
  return {
    reading,
    requestedModel,
    isStream,
    ...endingOf(record, { reading, isTold: told.usage !== undefined, body }),
    ...usageOf(record, { body, reading, request, seen, findTokenizer }),
  };
}

/** A request that never left has no body to look at, nor has a look-up: then its path is all there is. */
function isConfirmed<Scope>(
  { operation, answer, end, request: { method } }: EndedExchange<Scope>,
  { text, totalBytes }: RequestView,
): boolean {
  const hasNoBody = totalBytes === 0 && (method === 'GET' || (!answer && end.how === 'failed'));
  if (operation.confirm === undefined || hasNoBody) return true;
  const names = listMembers(text);
  return operation.confirm
    .split('|')
    .some((set) => set.split(',').every((name) => names.includes(name) || text.includes(`name="${name}"`)));
}

type Usages = Pick<Outcome, 'usage' | 'usageQuality'>;
type Ending = Pick<Outcome, 'status' | 'error'>;

const UNKNOWN: Usages = { usage: undefined, usageQuality: 'unknown' };
const OK: Ending = { status: 'ok', error: undefined };
/** Up to here parsing an answer whole is quicker than walking over what nobody asks for; beyond it may be vectors or pictures. */
const PARSED_LENGTH = 16 * 1024;
/** Room for a dozen events at either end. */
const STREAM_END_LENGTH = 4096;
/** The last event of OpenAI's streams and of those that follow it. */
const STREAM_END = 'data: [DONE]';
const STATUS_CODES: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'authentication',
  403: 'permission',
  404: 'not_found',
  408: 'timeout',
  429: 'rate_limit',
};

function refused(answer: Answer): Omit<Outcome, 'requestedModel'> {
  const { status } = answer;
  const error = { code: STATUS_CODES[status] ?? (status >= 500 ? 'server_error' : 'refused'), httpStatus: status };
  return { reading: {}, status: 'error', error, isStream: false, ...UNKNOWN };
}

/** What is seldom asked for is made when it is. */
class SeenAnswer implements Seen {
  readonly request: RequestView;
  readonly header: HeaderReader;
  readonly isWhole: boolean;
  readonly keptShare: number;
  readonly #body: Body | undefined;

  constructor(request: RequestView, header: HeaderReader, body: Body | undefined) {
    this.request = request;
    this.header = header;
    this.isWhole = body?.isWhole ?? false;
    this.keptShare = body?.keptShare ?? 0;
    this.#body = body;
  }

  get head(): string {
    return this.#body?.head ?? '';
  }

  get tail(): string {
    return this.#body?.tail ?? '';
  }
}

function readBody({ reader }: EndedExchange<unknown>['operation'], body: Body | undefined): Reading {
  if (!body) return {};
  if (body.isStream) return readStream(new StreamEnds(body), reader);
  const parsed = body.isWhole && body.head.length <= PARSED_LENGTH ? parseJson(body.head) : undefined;
  const reading = readAnswer(isJsonRecord(parsed) ? parsed : readMembers(body.head, reader.members), reader);
  return body.isWhole ? reading : merge({ ...readTail(body.tail, reader), model: findLastText(body.tail, 'model') }, reading);
}

/** Only the first and last few events are told apart: what they say is all that is asked of a stream. */
class StreamEnds implements StreamView {
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly #body: Body;

  constructor(body: Body) {
    const { head, isWhole } = body;
    const isShort = isWhole && head.length <= STREAM_END_LENGTH;
    const read = /^[[{]/.test(head) ? readLines : readSse;
    this.#body = body;
    this.first = read({ text: head.slice(0, STREAM_END_LENGTH), startsWhole: true, isEnd: isShort });
    const last = isShort ? this.first : read({ text: body.end(STREAM_END_LENGTH), startsWhole: false, isEnd: true });
    this.last = last.length > 0 ? last : read({ text: body.tail, startsWhole: isWhole, isEnd: true });
  }

  get tail(): string {
    return this.#body.tail;
  }
}

type Heard = { readonly reading: Reading; readonly isTold: boolean; readonly body: Body | undefined };

function endingOf<Scope>({ end }: EndedExchange<Scope>, { reading, isTold, body }: Heard): Ending {
  if (reading.errorCode !== undefined) return { status: 'error', error: { code: reading.errorCode } };
  if (reading.progress === 'cancelled') return { status: 'cancelled', error: undefined };
  if (end.how === 'failed') return { status: 'error', error: { code: end.code } };
  // Some clients hang up once they have read the last event: that is no cancellation.
  const isHeardOut = isTold || body?.end(STREAM_END_LENGTH).trimEnd().endsWith(STREAM_END) === true;
  return end.how === 'complete' || isHeardOut ? OK : { status: 'cancelled', error: undefined };
}

type Known = {
  readonly body: Body | undefined;
  readonly reading: Reading;
  readonly request: RequestView;
  readonly seen: Seen | undefined;
  readonly findTokenizer: FindTokenizer | undefined;
};

function usageOf<Scope>({ operation, answer }: EndedExchange<Scope>, known: Known): Usages {
  const { body, reading, request, seen, findTokenizer } = known;
  if (reading.usage) return { usage: reading.usage, usageQuality: reading.isEstimated ? 'estimated' : 'reported' };
  if (operation.isFree || operation.isRetrieval || (reading.errorCode !== undefined && !(body ?? answer)?.isStream)) return UNKNOWN;
  const output = body && operation.outputMembers ? outputOf(body, operation.outputMembers, findTokenizer) : 0;
  const { usageSoFar } = reading;
  const input = usageSoFar?.input ?? (operation.hasPrompt ? estimateInput(request, findTokenizer) : undefined);
  const tokens = estimatedUsage(input, Math.max(output, usageSoFar?.output ?? 0));
  const usage = { ...usageSoFar, ...tokens, ...operation.estimate?.(request, seen) };
  return Object.keys(usage).length > 0 ? { usage, usageQuality: 'estimated' } : UNKNOWN;
}

/** The middle of a long stream is not kept: its ends stand for it, as its events are all of one kind. */
function outputOf(body: Body, members: readonly string[], findTokenizer: FindTokenizer | undefined): number {
  const text = body.isWhole ? body.head : `${body.head}\n${body.tail}`;
  return Math.round(countTokens(textsIn(text, members), findTokenizer) / body.keptShare);
}
