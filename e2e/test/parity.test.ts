import { findFreePort, startFakeOpenAi, startFakePinecone, type Collector, type Quirk, type RecordedRequest } from '@llmobserve/testkit';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createProject, type Project } from '../src/create-project.ts';
import { startBuiltCollector } from '../src/start-built-collector.ts';

/** What happens to the answers of the first 25 cases of programs/parity.mjs, in their order; `{}` is an answer as it should be. */
const BENDS: readonly Quirk[] = [
  ...asItShouldBe(8),
  // Whoever leaves a stream finds it still open, however busy the machine is.
  { hangAfterPieces: 4 },
  // Openai 4 still gives the chunks that came together with the one at which it was aborted.
  { hangAfterPieces: 1 },
  ...asItShouldBe(5),
  { compress: 'gzip' },
  { compress: 'br', pieceBytes: 11 },
  { pieceBytes: 1 },
  { status: 401 },
  { status: 429, retryAfterMs: 1 },
  {},
  { status: 500, retryAfterMs: 1 },
  { status: 503, retryAfterMs: 1 },
  { errorAfterPieces: 3 },
  { isMalformed: true },
  { resetAfterPieces: 4 },
  { delayMs: 2000 },
];

function asItShouldBe(count: number): readonly Quirk[] {
  return Array.from({ length: count }, () => ({}));
}

let collector: Collector;
beforeAll(async () => {
  collector = await startBuiltCollector();
});
afterAll(() => collector.stop());

/** What the app saw, and what the providers saw of it. */
type Observed = { readonly results: Readonly<Record<string, { readonly error?: string }>>; readonly requests: readonly RecordedRequest[] };

describe.each(['openai', 'openai-4'] as const)('an app that uses %s', (openai) => {
  let project: Project;
  let without: Observed;
  let withSdk: Observed;
  beforeAll(async () => {
    project = createProject({ tarball: inject('tarball'), type: 'module', openai });
    // The same ports both times: they are part of each request's bytes.
    const ports = [await findFreePort(), await findFreePort()] as const;
    const env = openai === 'openai-4' ? { WITHOUT_RESPONSES: '1' } : {};
    without = await observe(project, ports, env);
    withSdk = await observe(project, ports, { ...env, WITH_SDK: '1' });
  });

  test('sees the same results and errors with the SDK as without', () => {
    expect(Object.keys(without.results).length).toBeGreaterThan(25);
    expect(withSdk.results).toEqual(without.results);
  });

  test('meets every end that a call can have', () => {
    const failed = Object.entries(without.results).filter(([, result]) => 'error' in result);
    expect(Object.fromEntries(failed.map(([name, result]) => [name, result.error]))).toEqual({
      unauthorised: 'AuthenticationError',
      failedTwice: 'InternalServerError',
      errorInStream: 'APIError',
      malformed: expect.any(String),
      reset: expect.any(String),
      tooSlow: 'APIConnectionTimeoutError',
    });
  });

  test('sends the same bytes in the same order', () => {
    const bytesOf = ({ requests }: Observed) => requests.map((request) => request.rawBytes.toString('latin1'));
    expect(without.requests.length).toBeGreaterThan(30);
    expect(bytesOf(withSdk)).toEqual(bytesOf(without));
  });

  test('leaves its streams alike, so that the provider stops alike', () => {
    const endsOf = ({ requests }: Observed) => requests.map((request) => `${request.path} ${request.isAborted ? 'left' : 'heard out'}`);
    expect(endsOf(withSdk)).toEqual(endsOf(without));
  });
});

async function observe(
  project: Project,
  [openaiPort, pineconePort]: readonly [number, number],
  env: Readonly<Record<string, string>>,
): Promise<Observed> {
  const openai = await startFakeOpenAi({ port: openaiPort });
  const pinecone = await startFakePinecone({ port: pineconePort });
  openai.bendNext(...BENDS);
  const run = await project.run('parity.mjs', {
    LLMOBSERVE_API_KEY: collector.key,
    LLMOBSERVE_COLLECTOR_URL: collector.url,
    OPENAI_API_KEY: 'sk-fake',
    OPENAI_BASE_URL: `${openai.url}/v1`,
    PINECONE_API_KEY: 'pc-fake',
    PINECONE_CONTROLLER_HOST: pinecone.url,
    ...env,
  });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  await openai.waitFor((requests) => requests.every((request) => request.isAnswered || request.isAborted));
  const requests = [...openai.requests, ...pinecone.requests];
  await Promise.all([openai.close(), pinecone.close()]);
  // Safe because the program printed one object by name.
  return { results: JSON.parse(run.stdout) as Observed['results'], requests };
}
