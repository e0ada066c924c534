import { isMainThread, parentPort } from 'node:worker_threads';
import { doCase } from './do-case.mjs';

/** Does what the runner asks for, case by case, and tells it all that an app can see of it. */
export async function runCases(family, clients, withCustomer = (_customer, work) => work()) {
  const runner = connectToRunner();
  for (const name of JSON.parse(process.env.CASES)) {
    await runner.ask({ begin: name });
    const tools = { name, withCustomer };
    await runner.ask({ end: name, result: await doCase(family.cases[name], clients, tools) });
  }
  runner.close();
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
