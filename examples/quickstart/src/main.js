// Asks one question for each of two customers. Needs OPENAI_API_KEY, LLMOBSERVE_API_KEY and LLMOBSERVE_COLLECTOR_URL.
import { flush, init, withCustomer } from 'llmobserve';
import OpenAI from 'openai';

init();
const openai = new OpenAI();

const questions = {
  acme: 'What is a margin, in one sentence?',
  globex: 'What is a ledger, in one sentence?',
};

for (const [customer, content] of Object.entries(questions)) {
  const answer = await withCustomer(customer, () =>
    openai.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content }] }),
  );
  console.log(`${customer}: ${answer.choices[0].message.content}`);
}

const isDelivered = await flush(5000);
console.log(isDelivered ? 'Each customer now has its cost in the dashboard.' : 'The collector did not answer: is it running?');
