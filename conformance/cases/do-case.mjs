/** Some clients wait for ever for a provider that has stopped speaking. */
const TIMEOUT_MS = 10_000;

/** Does one case and tells, as text, all that an app can see of it. */
export async function doCase({ use }, clients, tools) {
  const work = tools.withCustomer(tools.name, async () => use(clients, tools));
  const result = await withinTime(work).then(
    (value) => ({ value: value === undefined ? 'nothing' : value }),
    (error) => ({ error: describeError(error) }),
  );
  return JSON.stringify(result);
}

function withinTime(work) {
  let timer;
  const isLate = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the case took too long')), TIMEOUT_MS);
  });
  return Promise.race([work, isLate]).finally(() => clearTimeout(timer));
}

function describeError(error) {
  if (!(error instanceof Error)) return { thrown: String(error) };
  const { message, status, code, type } = error;
  const cause = error.cause instanceof Error ? { name: error.cause.constructor.name, message: error.cause.message } : undefined;
  return { name: error.constructor.name, message, status, code, type, cause };
}
