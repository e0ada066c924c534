/** Lets work go on by itself. What fails in it goes to `onFault`; work without one answers for its own errors. */
export function inBackground(work: Promise<unknown>, onFault?: (error: unknown) => void): void {
  if (onFault) work.catch(onFault);
  else void work;
}
