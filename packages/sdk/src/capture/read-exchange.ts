import type { EventError, EventStatus, Usage, UsageQuality } from '@llmobserve/protocol';
import {
  findLastText,
  listMembers,
  merge,
  readAnswer,
  type Reading,
  readMembers,
  readStream,
  readTail,
  type RequestView,
  type Seen,
} from '../providers/index.ts';
import { decodeBody, isFramed, readFrames, readLines, readSse } from '../wire/index.ts';
import { estimatedUsage, estimateInput } from './estimate-usage.ts';
import type { Answer, EndedExchange } from './exchange.ts';
import { estimateOutput } from './measure-output.ts';
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
export function readExchange<Scope>(record: EndedExchange<Scope>): Outcome | undefined {
  const { operation, answer, end } = record;
  const request = viewRequest(record.requestBody);
  if (!record.isCertain && !isConfirmed(record, request)) return undefined;
  if (answer && answer.status >= 300 && answer.status < 400) return undefined;
  const requestedModel = request.model ?? operation.pathModel;
  if (answer && answer.status >= 400) return { ...refused(answer), requestedModel };
  if (!answer && end.how === 'failed' && !end.wasSent) {
    return { reading: {}, requestedModel, status: 'error', error: { code: end.code }, isStream: false, ...UNKNOWN };
  }
  const body = answer ? openBody(answer) : undefined;
  const isStream = body?.isStream ?? answer?.isStream ?? false;
  const seen = answer && { request, header: answer.header, ...(body ?? NOTHING_KEPT) };
  const told = readBody(operation, body);
  const reading = seen && operation.complete && told.errorCode === undefined ? operation.complete(told, seen) : told;
  return { reading, requestedModel, isStream, ...endingOf(record, reading, body), ...usageOf(record, { body, reading, request, seen }) };
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

/** An answer's text: whole, or its beginning and its end, which then are `keptShare` of it. */
export type Body = {
  readonly head: string;
  readonly tail: string;
  readonly isWhole: boolean;
  readonly keptShare: number;
  readonly isStream: boolean;
};

const NOTHING_KEPT = { head: '', tail: '', isWhole: false, keptShare: 0 };

/** Undefined when the bytes cannot be decoded. */
export function openBody({ received, encoding, header, isStream }: Answer): Body | undefined {
  const read = isFramed(header('content-type')) ? readFrames : (bytes: Buffer) => bytes.toString('utf8');
  if (!received.isWhole) {
    const [head, tail] = [received.head(), received.tail()];
    const keptShare = (head.length + tail.length) / received.totalBytes;
    const text = read(head);
    return { head: text, tail: read(tail), isWhole: false, keptShare, isStream: isStream || looksLikeStream(text) };
  }
  const bytes = decodeBody(received.joined(), encoding);
  if (bytes === undefined) return undefined;
  const text = read(bytes);
  return { head: text, tail: text, isWhole: true, keptShare: 1, isStream: isStream || looksLikeStream(text) };
}

/** Some gateways forget the content type of a stream. */
function looksLikeStream(text: string): boolean {
  return text.startsWith('data:') || text.startsWith('event:');
}

function readBody({ reader }: EndedExchange<unknown>['operation'], body: Body | undefined): Reading {
  if (!body) return {};
  const { head, tail, isWhole, isStream } = body;
  if (isStream) return readStream({ ...endsOf(body), tail }, reader);
  const reading = readAnswer(readMembers(head, reader.members), reader);
  return isWhole ? reading : merge({ ...readTail(tail, reader), model: findLastText(tail, 'model') }, reading);
}

/** Only the first and last few events are told apart: what they say is all that is asked of a stream. */
function endsOf({ head, tail, isWhole }: Body): { readonly first: readonly string[]; readonly last: readonly string[] } {
  const isShort = isWhole && head.length <= STREAM_END_LENGTH;
  const read = /^[[{]/.test(head) ? readLines : readSse;
  const first = read({ text: head.slice(0, STREAM_END_LENGTH), startsWhole: true, isEnd: isShort });
  if (isShort) return { first, last: first };
  const last = read({ text: tail.slice(-STREAM_END_LENGTH), startsWhole: false, isEnd: true });
  return { first, last: last.length > 0 ? last : read({ text: tail, startsWhole: isWhole, isEnd: true }) };
}

function endingOf<Scope>({ end }: EndedExchange<Scope>, reading: Reading, body: Body | undefined): Ending {
  if (reading.errorCode !== undefined) return { status: 'error', error: { code: reading.errorCode } };
  if (reading.progress === 'cancelled') return { status: 'cancelled', error: undefined };
  if (end.how === 'failed') return { status: 'error', error: { code: end.code } };
  // Some clients hang up once they have read the last event: that is no cancellation.
  const isHeardOut = reading.usage !== undefined || body?.tail.trimEnd().endsWith(STREAM_END) === true;
  return end.how === 'complete' || isHeardOut ? OK : { status: 'cancelled', error: undefined };
}

type Known = { readonly body: Body | undefined; readonly reading: Reading; readonly request: RequestView; readonly seen: Seen | undefined };

function usageOf<Scope>({ operation, answer }: EndedExchange<Scope>, { body, reading, request, seen }: Known): Usages {
  if (reading.usage) return { usage: reading.usage, usageQuality: reading.isEstimated ? 'estimated' : 'reported' };
  if (operation.isFree || operation.isRetrieval || (reading.errorCode !== undefined && !(body ?? answer)?.isStream)) return UNKNOWN;
  const output = body && operation.outputMembers ? outputOf(body, operation.outputMembers) : 0;
  const { usageSoFar } = reading;
  const input = usageSoFar?.input ?? (operation.hasPrompt ? estimateInput(request) : undefined);
  const tokens = estimatedUsage(input, Math.max(output, usageSoFar?.output ?? 0));
  const usage = { ...usageSoFar, ...tokens, ...operation.estimate?.(request, seen) };
  return Object.keys(usage).length > 0 ? { usage, usageQuality: 'estimated' } : UNKNOWN;
}

/** The middle of a long stream is not kept: its ends stand for it, as its events are all of one kind. */
function outputOf({ head, tail, isWhole, keptShare }: Body, members: readonly string[]): number {
  return Math.round(estimateOutput(isWhole ? head : `${head}\n${tail}`, members) / keptShare);
}
