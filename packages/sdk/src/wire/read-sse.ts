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
  let start = startsWhole ? 0 : undefined;
  for (const end of text.matchAll(EVENT_END)) {
    if (start !== undefined) pushPayload(payloads, text.slice(start, end.index));
    start = end.index + end[0].length;
  }
  if (isEnd && start !== undefined) pushPayload(payloads, text.slice(start));
  return payloads;
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
