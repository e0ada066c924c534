import { appendFileSync, readFileSync } from 'node:fs';
import { OpenAI } from 'openai';
import { agent, exportContext, flush, importContext, init, run, tool, withCustomer } from '../../../src/index.ts';

const [role, providerUrl, queueFile = ''] = process.argv.slice(2);

type Job = { readonly question: string; readonly context?: string };

init();
const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${providerUrl}/v1`, maxRetries: 0 });
const answer = (question: string): Promise<unknown> =>
  client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: question }] });

/** Puts jobs into the queue from inside of a run, and one from nowhere. */
async function produce(): Promise<void> {
  const put = (job: Job): void => appendFileSync(queueFile, `${JSON.stringify(job)}\n`);
  await withCustomer({ id: 'acme', user: 'u1' }, () =>
    run({ name: 'research', id: 'job-7' }, () =>
      agent('planner', async () => {
        await answer('plan');
        put({ question: 'search', context: exportContext() });
      }),
    ),
  );
  put({ question: 'alone', context: exportContext() });
}

/** Works off what another process has put there, then joins the run by its id. */
async function consume(): Promise<void> {
  const jobs = readFileSync(queueFile, 'utf8').trim().split('\n');
  for (const line of jobs) {
    // Safe because the queue holds what the other role has put there.
    const { question, context } = JSON.parse(line) as Job;
    await importContext(context, () => (question === 'alone' ? answer(question) : tool('search', () => answer(question))));
  }
  await withCustomer('acme', () => run({ name: 'research', id: 'job-7' }, () => answer('sum up')));
}

await (role === 'produce' ? produce() : consume());
process.exitCode = (await flush()) ? 0 : 1;
