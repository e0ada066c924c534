import type { RecordedRequest } from '@llmobserve/testkit';

/** What differs between any two runs of the same program, with and without us. */
const ACCIDENTS: readonly (readonly [RegExp, string])[] = [
  // A connection that is cut is found out while reading or while waiting.
  [/"name":"(?:Socket)?Error","message":"(?:read ECONNRESET|other side closed)"/g, 'cut off'],
  // AWS numbers, dates and signs each request.
  [/(?<=amz-sdk-invocation-id: )[\w-]+/gi, 'id'],
  [/\d{8}T\d{6}Z/g, 'date'],
  [/Signature=[\da-f]{64}/g, 'signature'],
  [/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, 'date'],
  [/127\.0\.0\.1:\d+|localhost:\d+/g, 'host'],
  [/stainless-node-retry-[\w-]+/g, 'retry-key'],
  [/form-data-boundary-\w+|formdata-undici-\d+|WebKitFormBoundary\w+/gi, 'boundary'],
  // Deno's and those of Workers.
  [/(?<=-{4})[\w-]{20,}|(?<![\da-f])[\da-f]{32}(?![\da-f])/g, 'boundary'],
];

/** Tells a request in its raw bytes, and whether its caller heard the answer out. */
export function describeRequest({ rawBytes, isAborted }: RecordedRequest): string {
  return withoutAccidents(`${isAborted ? 'left' : 'heard out'}\n${rawBytes.toString('latin1')}`);
}

/** The same text for two runs that did the same. */
export function withoutAccidents(text: string): string {
  return ACCIDENTS.reduce((rest, [accident, name]) => rest.replaceAll(accident, name), text);
}
