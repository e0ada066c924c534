export type Checksum = (text: string) => string;

export type SegmentText = {
  /** How batches of these events begin, as their own process said last; empty where it stands already. */
  readonly head: string;
  readonly events: readonly string[];
};

const SUM_LENGTH = 8;
const HEAD = 'h';
const EVENT = 'e';

/** Writes events one a line, each behind its checksum. */
export function writeSegment({ head, events }: SegmentText, checksum: Checksum): string {
  const bodies = [...(head ? [HEAD + head] : []), ...events.map((json) => EVENT + json)];
  return bodies.map((body) => `${checksum(body).slice(0, SUM_LENGTH)}${body}\n`).join('');
}

/** Reads what is whole; broken are events that are not what was written, such as the last one of a process that died over it. */
export function readSegment(text: string, checksum: Checksum): SegmentText & { readonly broken: readonly string[] } {
  let head = '';
  const events: string[] = [];
  const broken: string[] = [];
  for (const line of text.split('\n')) {
    const body = line.slice(SUM_LENGTH);
    const isHead = body.startsWith(HEAD);
    const isWhole = checksum(body).slice(0, SUM_LENGTH) === line.slice(0, SUM_LENGTH);
    if (isWhole && isHead) head = body.slice(HEAD.length);
    else if (isWhole) events.push(body.slice(EVENT.length));
    else if (line !== '' && !isHead) broken.push(line);
  }
  return { head, events, broken };
}
