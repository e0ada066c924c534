import OpenAI from 'openai';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDiagnostics } from '../src/diagnostics.ts';
import { describeCall } from '../src/describe-call.ts';
import { recordCapture } from './capture/support/record-capture.ts';
import { useFakeOpenAi } from './capture/support/start-fakes.ts';
import { makeCall, startTestEngine } from './support/start-test-engine.ts';

const CUSTOMER = { customer: { id: 'acme' }, section: 'agent:writer' };
const SECTION = {
  kind: 'section',
  provider: 'llmobserve',
  operation: 'agent',
  usage: undefined,
  usageQuality: undefined,
  scope: CUSTOMER,
} as const;

describe('with debug, each call is explained in one line', () => {
  test.each([
    [
      'chat gpt-4o-2024-08-06 (openai) for acme in agent:writer: 176 input, 1024 cachedInput, 340 output, 812 ms, ok',
      makeCall({ scope: CUSTOMER }),
    ],
    [
      'chat gpt-4o-2024-08-06 (openai) for nobody: 9 input, estimated as the provider told none, 812 ms, cancelled',
      makeCall({ usage: { input: 9 }, usageQuality: 'estimated', status: 'cancelled' }),
    ],
    [
      'chat gpt-4o (openai) for nobody: no usage, 812 ms, error, rate_limit, 3 attempts',
      makeCall({
        model: undefined,
        usage: undefined,
        usageQuality: 'unknown',
        status: 'error',
        error: { code: 'rate_limit', httpStatus: 429 },
        attempts: 3,
      }),
    ],
    [
      'query (pinecone) for nobody: 5 readUnits, 12 ms, ok',
      makeCall({
        kind: 'vector',
        provider: 'pinecone',
        operation: 'query',
        model: undefined,
        requestedModel: undefined,
        usage: { readUnits: 5 },
        durationMs: 12,
      }),
    ],
    [
      'run nightly for acme: 812 ms, ok',
      makeCall({ ...SECTION, operation: 'run', scope: { ...CUSTOMER, run: { name: 'nightly', traceId: 'ab'.repeat(16) } } }),
    ],
    ['section agent:writer for acme: 812 ms, error, TypeError', makeCall({ ...SECTION, status: 'error', error: { code: 'TypeError' } })],
  ])('%s', (line, call) => {
    expect(describeCall(call, call.scope?.customer?.id)).toBe(line);
  });

  test('as it is taken, for whom it is counted', () => {
    const { engine, capture, lines } = startTestEngine({ debug: true, customer: 'default', collectorUrl: 'http://127.0.0.1:9' });
    capture();
    expect(lines).toContainEqual(expect.stringMatching(/^llmobserve: chat gpt-4o-2024-08-06 \(openai\) for default: /));
    engine.configure({ debug: false });
    const said = lines.length;
    capture();
    expect(lines.slice(said).filter((line) => line.includes('chat'))).toEqual([]);
  });

  test('and so is a request to a provider that costs nothing, though none elsewhere', async () => {
    const fake = await useFakeOpenAi();
    const lines: string[] = [];
    const diagnostics = createDiagnostics((line) => lines.push(line));
    diagnostics.setDebug(true);
    const host = new URL(fake.url).host;
    recordCapture({ diagnostics, providers: { [host]: 'openai' } });
    await new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1` }).models.list();
    const elsewhere = await useFakeOpenAi();
    await fetch(`${elsewhere.url}/v1/models`);
    expect(lines).toEqual([`llmobserve: GET ${host}/v1/models is no billable call`]);
  });

  test('what nobody reads is not put into words', () => {
    const diagnostics = createDiagnostics(() => undefined);
    let asked = 0;
    const word = (): string => `${(asked += 1)}`;
    diagnostics.debug(word);
    diagnostics.setDebug(true);
    diagnostics.debug(word);
    expect(asked).toBe(1);
  });
});

describe('a call that was seen and could not be read', () => {
  test('is said once, counted each time, and harms neither the app nor the calls beside it', async () => {
    const fake = await useFakeOpenAi();
    let lost = 0;
    let isBroken = true;
    const capture = recordCapture({
      onLost: () => (lost += 1),
      content: () =>
        isBroken
          ? () => {
              throw new Error('a fault of ours');
            }
          : undefined,
    });
    const openai = new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1` });
    const ask = () => openai.embeddings.create({ model: 'text-embedding-3-small', input: 'hello' });
    expect((await ask()).data).toHaveLength(1);
    await ask();
    capture.drain();
    isBroken = false;
    await ask();
    expect(await capture.untilCalls(1)).toHaveLength(1);
    expect(lost).toBe(2);
    expect(capture.faults).toEqual(['capture', 'capture']);
    expect(capture.warnings.filter((line) => line.includes('a fault of ours'))).toHaveLength(2);
  });

  test('is an entry of stats, so that the balance holds', () => {
    const { engine, lose, capture } = startTestEngine({ collectorUrl: 'http://127.0.0.1:9' });
    onTestFinished(() => engine.shutdown(0));
    capture();
    lose();
    expect(engine.stats()).toEqual({ captured: 2, sent: 0, queued: 1, lost: { capture_failed: 1 } });
  });
});
