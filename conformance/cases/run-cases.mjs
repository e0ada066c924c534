import { isMainThread, parentPort } from 'node:worker_threads';

/** Does what the runner asks for, case by case, and tells it all that an app can see of it. */
export async function runCases(family, clients, withCustomer = (_customer, work) => work()) {
  const runner = connectToRunner();
  for (const name of JSON.parse(process.env.CASES)) {
    await runner.ask({ begin: name });
    const tools = { name, withCustomer };
    const result = await withCustomer(name, async () => family.cases[name].use(clients, tools)).then(
      (value) => ({ value: value === undefined ? 'nothing' : value }),
      (error) => ({ error: describeError(error) }),
    );
    await runner.ask({ end: name, result: JSON.stringify(result) });
  }
  runner.close();
}

function describeError(error) {
  if (!(error instanceof Error)) return { thrown: String(error) };
  const { message, status, code, type } = error;
  const cause = error.cause instanceof Error ? { name: error.cause.constructor.name, message: error.cause.message } : undefined;
  return { name: error.constructor.name, message, status, code, type, cause };
}

/** A thread reaches the runner through its parent, which passes messages on. */
function connectToRunner() {
  const port = isMainThread ? process : parentPort;
  const tell = (message) => (isMainThread ? process.send(message) : port.postMessage(message));
  return {
    ask: (message) =>
      new Promise((resolve) => {
        port.once('message', resolve);
        tell(message);
      }),
    close: () => (isMainThread ? process.disconnect() : port.close()),
  };
}
