export const modules = ['openai'];
export const providers = ['openai'];
export const usual = { provider: 'openai', kind: 'llm', operation: 'chat', model: 'gpt-4o-2024-08-06', usage: { input: 3, output: 20 } };

export function connect(loaded) {
  const { openai: module } = loaded;
  const { openai: url } = JSON.parse(process.env.URLS);
  return { openai: new (module.default ?? module)({ apiKey: 'sk-fake', baseURL: `${url}/v1` }) };
}

const ask = { model: 'gpt-4o', messages: [{ role: 'user', content: 'one two three' }], max_completion_tokens: 20 };
/** By then the runner has heard of the case, and nothing else is left to do. */
const SOON_MS = 100;

/** The app makes a call, and soon after ends as told. */
function ending(end, events = [{}]) {
  return {
    isAlone: true,
    kind: 'ends',
    use: async ({ openai }, { name, withCustomer }) => {
      const { usage } = await openai.chat.completions.create(ask);
      end(() => void withCustomer(name, () => openai.chat.completions.create(ask)));
      return usage;
    },
    events,
  };
}

const soon = (end) => () => void setTimeout(() => end(), SOON_MS);
const signal = (name) => soon(() => process.kill(process.pid, name));
export const cases = {
  'nothing left to do': ending(() => undefined),
  'exit code': ending(() => void (process.exitCode = 4)),
  'process.exit': ending(soon(() => process.exit(3))),
  'thrown error': ending(
    soon(() => {
      throw new Error('the app’s own');
    }),
  ),
  'unhandled rejection': ending(soon(() => void Promise.reject(new Error('the app’s own')))),
  SIGTERM: ending(() => {
    setInterval(() => undefined, 1000);
    signal('SIGTERM')();
  }),
  SIGINT: ending(() => {
    setInterval(() => undefined, 1000);
    signal('SIGINT')();
  }),
  'SIGTERM with a handler of its own': ending(() => {
    const timer = setInterval(() => undefined, 1000);
    process.once('SIGTERM', () => {
      process.exitCode = 7;
      clearInterval(timer);
    });
    signal('SIGTERM')();
  }),
  'a call that nobody waits for': ending((call) => call(), [{}, {}]),
  'a last call before exit': ending((call) => void process.once('beforeExit', call), [{}, {}]),
};
