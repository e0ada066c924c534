const COUNT = 20;

/** Twenty customers ask at the same time, and each pays for its own; `eventOf` tells what else is expected of each call. */
export function twentyAtOnce(ask, eventOf = () => ({})) {
  return {
    isBrief: true,
    kind: 'side by side',
    isConcurrent: true,
    use: (clients, { withCustomer }) =>
      Promise.all(Array.from({ length: COUNT }, (_, number) => withCustomer(customerOf(number), async () => ask(clients, number)))),
    events: Array.from({ length: COUNT }, (_, number) => ({ ...eventOf(number), customer: customerOf(number) })),
  };
}

function customerOf(number) {
  return `customer ${number}`;
}
