import { listen } from './listen.ts';

const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
};

/** Answers each chat call with an id of its own, `slow` ones after a while; refuses `busy` ones and asks for a long wait. */
export function startChatProvider(): Promise<string> {
  let ordinal = 0;
  return listen((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      ordinal += 1;
      if (body.includes('busy')) return void response.writeHead(503, { 'retry-after': '30' }).end('{}');
      response.setHeader('content-type', 'application/json');
      const answer = JSON.stringify({ ...ANSWER, id: `chatcmpl-${ordinal}` });
      setTimeout(() => response.end(answer), body.includes('slow') ? 400 : 0);
    });
  });
}
