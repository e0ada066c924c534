/** Files come and go by other hands too: what is not there is nobody's fault. */
export function attempt<Value>(step: () => Value): Value | undefined {
  try {
    return step();
  } catch {
    return undefined;
  }
}
