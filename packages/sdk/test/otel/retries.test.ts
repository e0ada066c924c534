import { context, trace } from '@opentelemetry/api';
import { createServer, request as askHttp } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { withCustomer } from '../../src/index.ts';
import { startTracing, type Tracing } from './support/start-tracing.ts';

const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-2024-08-06',
  choices: [],
  usage: { prompt_tokens: 10, completion_tokens: 2 },
};

/** Busy at the first try, well at the second. */
async function startBusyProvider(): Promise<string> {
  let tries = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      tries += 1;
      response.writeHead(tries === 1 ? 503 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(tries === 1 ? {} : ANSWER));
    });
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1/chat/completions`;
}

/** One try of a client on `http`, in a span of its own as OpenTelemetry's instrumentation of `http` makes it. */
function tryOnce({ tracer }: Tracing, url: string, attempt: number): Promise<void> {
  const span = tracer.startSpan('POST');
  return context.with(trace.setSpan(context.active(), span), () => {
    return new Promise<void>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'x-stainless-retry-count': String(attempt) };
      const sent = askHttp(url, { method: 'POST', headers }, (response) => {
        response.resume().on('end', () => {
          span.end();
          resolve();
        });
      });
      sent.on('error', reject).end(JSON.stringify({ model: 'gpt-4o', messages: [] }));
    });
  });
}

test('the attempts of one call are one call, though each was made in a span of its own', async () => {
  const tracing = startTracing('sdk-trace 3');
  const url = await startBusyProvider();
  await withCustomer('acme', async () => {
    await tryOnce(tracing, url, 0);
    await tryOnce(tracing, url, 1);
  });
  expect(await tracing.calls.settled()).toMatchObject([{ customer: 'acme', status: 'ok', attempts: 2, usage: { input: 10, output: 2 } }]);
});
