const EVENT_END = /\r\n\r\n|\n\n|\r\r/g;
const LINE_END = /\r\n|\n|\r/;

export type SseText = {
  readonly text: string;
  /** False when the text starts in the middle of an event, which is then left out. */
  readonly startsWhole: boolean;
  /** True when nothing follows, so that a last event without its blank line still counts. */
  readonly isEnd: boolean;
};

/** Reads the `data` of each event that lies whole in a text of server-sent events, in order. */
export function readSse({ text, startsWhole, isEnd }: SseText): readonly string[] {
  const payloads: string[] = [];
  const end = text.includes('\r') ? nextEndOfAnyKind : nextEnd;
  let start = startsWhole ? 0 : undefined;
  for (let next = end(text, 0); next; next = end(text, next.after)) {
    if (start !== undefined) pushPayload(payloads, text.slice(start, next.at));
    start = next.after;
  }
  if (isEnd && start !== undefined) pushPayload(payloads, text.slice(start));
  return payloads;
}

type EventEnd = { readonly at: number; readonly after: number };

function nextEnd(text: string, from: number): EventEnd | undefined {
  const at = text.indexOf('\n\n', from);
  return at === -1 ? undefined : { at, after: at + 2 };
}

function nextEndOfAnyKind(text: string, from: number): EventEnd | undefined {
  EVENT_END.lastIndex = from;
  const found = EVENT_END.exec(text);
  return found ? { at: found.index, after: EVENT_END.lastIndex } : undefined;
}

function pushPayload(payloads: string[], event: string): void {
  if (event.startsWith('data:') && !event.includes('\n') && !event.includes('\r')) {
    payloads.push(withoutSpace(event.slice(5)));
    return;
  }
  const lines = event.split(LINE_END).filter((line) => line.startsWith('data:'));
  if (lines.length > 0) payloads.push(lines.map((line) => withoutSpace(line.slice(5))).join('\n'));
}

function withoutSpace(value: string): string {
  return value.startsWith(' ') ? value.slice(1) : value;
}
