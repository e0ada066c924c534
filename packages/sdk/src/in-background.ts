/** Lets work go on by itself: what fails in it is told to `onFault` and never reaches the app. */
export function inBackground(work: Promise<unknown>, onFault: (error: unknown) => void): void {
  work.catch(onFault);
}
