/** The least that a recorder can do: one wrapped method, one pushed object. */
export function start() {
  const events = [];
  return {
    observe(client) {
      const { completions } = client.chat;
      const create = completions.create.bind(completions);
      completions.create = (...values) => {
        events.push({ model: values[0].model, startedAtMs: Date.now() });
        return create(...values);
      };
      return client;
    },
    withCustomer: (_customer, fn) => fn(),
    flush: async () => {
      events.length = 0;
    },
  };
}
