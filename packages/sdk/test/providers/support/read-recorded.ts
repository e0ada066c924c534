import { formatUsd, type CostEvent } from '@llmobserve/protocol';
import { loadPriceBook, priceEvent } from '@llmobserve/pricing';
import { buildCall } from '../../../src/capture/build-call.ts';
import type { CapturedCall } from '../../../src/capture/captured-call.ts';
import { Exchange } from '../../../src/capture/exchange.ts';
import { readExchange } from '../../../src/capture/read-exchange.ts';
import { buildEvent } from '../../../src/event/index.ts';
import { findOperation } from '../../../src/providers/index.ts';
import type { Scope } from '../../../src/runtime.ts';

/** One exchange as it was recorded, or as the provider's pages show it. */
export type Recorded = {
  /** Method and address. */
  readonly to: string;
  readonly asked?: object;
  readonly askedWith?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a list as server-sent events. */
  readonly answer: object | string | Buffer | readonly object[];
  readonly answeredWith?: Readonly<Record<string, string>>;
  readonly status?: number;
  /** Cuts the answer's bytes into pieces of this size. */
  readonly pieceBytes?: number;
  /** Breaks off after this many bytes, as when the app walks away. */
  readonly leftAfterBytes?: number;
};

const DAY_MS = Date.parse('2026-11-20T09:00:00.000Z');

/** Reads a recorded exchange from its bytes to the call they come to; undefined when it is none. */
export function readRecorded(recorded: Recorded): CapturedCall<Scope> | undefined {
  const [method = '', address = ''] = recorded.to.split(' ');
  const { host, pathname } = new URL(address);
  const request = { method, host, path: pathname, header: (name: string) => recorded.askedWith?.[name] };
  const found = findOperation(request, {});
  if (!found) return undefined;
  const fail = (error: unknown): never => {
    throw error;
  };
  const clock = { nowMs: () => DAY_MS, monotonicMs: () => 0 };
  const exchange = new Exchange<Scope>(
    { clock, keepsContent: () => false, onEnd: () => undefined, onFault: fail },
    { request, found, scope: undefined, claimed: undefined },
  );
  if (recorded.asked) exchange.sent(Buffer.from(JSON.stringify(recorded.asked)));
  const { bytes, type } = writeAnswer(recorded.answer);
  exchange.answered(recorded.status ?? 200, (name) =>
    name === 'content-type' ? (recorded.answeredWith?.[name] ?? type) : recorded.answeredWith?.[name],
  );
  const end = recorded.leftAfterBytes ?? bytes.length;
  const pieceBytes = recorded.pieceBytes ?? bytes.length;
  for (let at = 0; at < end; at += pieceBytes) exchange.received(bytes.subarray(at, Math.min(at + pieceBytes, end)));
  exchange.ended({ how: recorded.leftAfterBytes === undefined ? 'complete' : 'cancelled' });
  const outcome = readExchange(exchange);
  return outcome && buildCall({ attempt: exchange, outcome, attempts: 1, startedAtMs: DAY_MS, startedMs: 0 });
}

/** What the shipped book makes of a call; anything but an exact price is named. */
export function priceRecorded(call: CapturedCall<Scope>): string {
  const settings = { customer: undefined, environment: undefined, release: undefined, tags: undefined };
  // Safe because an event to be written has the members of one that is read, some of them undefined.
  const event = JSON.parse(JSON.stringify(buildEvent('0198f3a2-0000-7000-8000-000000000000', call, settings))) as CostEvent;
  const { costPicoUsd, quality, unpricedUnits } = priceEvent(loadPriceBook(), event);
  return quality === 'exact' ? formatUsd(costPicoUsd) : `${quality} ${formatUsd(costPicoUsd)} ${unpricedUnits.join(',')}`;
}

function writeAnswer(answer: Recorded['answer']): { readonly bytes: Buffer; readonly type: string } {
  if (Buffer.isBuffer(answer)) return { bytes: answer, type: 'application/octet-stream' };
  if (typeof answer === 'string') return { bytes: Buffer.from(answer), type: 'application/json' };
  if (!Array.isArray(answer)) return { bytes: Buffer.from(JSON.stringify(answer)), type: 'application/json' };
  const events = answer.map((event) => `data: ${JSON.stringify(event)}\n\n`);
  return { bytes: Buffer.from(events.join('')), type: 'text/event-stream' };
}
