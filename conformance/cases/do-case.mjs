/** Does one case and tells, as text, all that an app can see of it. */
export async function doCase({ use }, clients, tools) {
  const result = await tools.withCustomer(tools.name, async () => use(clients, tools)).then(
    (value) => ({ value: value === undefined ? 'nothing' : value }),
    (error) => ({ error: describeError(error) }),
  );
  return JSON.stringify(result);
}

function describeError(error) {
  if (!(error instanceof Error)) return { thrown: String(error) };
  const { message, status, code, type } = error;
  const cause = error.cause instanceof Error ? { name: error.cause.constructor.name, message: error.cause.message } : undefined;
  return { name: error.constructor.name, message, status, code, type, cause };
}
