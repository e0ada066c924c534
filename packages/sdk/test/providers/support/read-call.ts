import { findOperation, readAnswer, type Reading, readMembers, type RequestView } from '../../../src/providers/index.ts';

export type Call = {
  /** `POST https://api.x.ai/v1/chat/completions` */
  readonly request: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly answer: object;
  /** Of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** Reads a whole answer as capture does, without a wire. */
export function readCall({ request, body = {}, answer, headers = {} }: Call): Reading {
  const [method = '', url = ''] = request.split(' ');
  const { host, pathname } = new URL(url);
  const found = findOperation({ method, host, path: pathname, header: () => undefined }, {});
  if (!found) throw new Error(`nobody's call: ${request}`);
  const { reader, complete } = found.operation;
  const text = JSON.stringify(answer);
  const reading = readAnswer(readMembers(text, reader.members), reader);
  const seen = { request: viewOf(body), header: (name: string) => headers[name], head: text, tail: text, isWhole: true, keptShare: 1 };
  return complete?.(reading, seen) ?? reading;
}

function viewOf(body: object): RequestView {
  const text = JSON.stringify(body);
  return { text, isWhole: true, totalBytes: text.length, member: (name) => readMembers(text, [name])[name] };
}
