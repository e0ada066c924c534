const MAX_CAUSES = 8;

/** Every error in the chain of causes, outermost first; of several addresses that did not answer, the first. */
export function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  let current: unknown = error;
  while (current instanceof Error && causes.length < MAX_CAUSES) {
    causes.push(current);
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return causes;
}

/** What is at the bottom of an error, in words: the layers above repeat the whole statement. */
export function reasonOf(error: unknown): string {
  const reason = causesOf(error).at(-1)?.message;
  return reason === undefined || reason === '' ? String(error) : reason;
}
