import { retryDelayMs, SHORTEST_RETRY_DELAY_MS } from './retry-delay.ts';

export type PaceDeps = { readonly clock: { monotonicMs(): number }; readonly random: () => number };

/** Knows when the next try may begin: at once while all goes well, later with each setback in a row. */
export class Pace {
  readonly #deps: PaceDeps;
  #setbacks = 0;
  #lastTryAtMs = 0;
  #notBeforeMs = 0;
  #isToldToWait = false;

  constructor(deps: PaceDeps) {
    this.#deps = deps;
  }

  noteTry(): void {
    this.#lastTryAtMs = this.#deps.clock.monotonicMs();
  }

  /** One more setback; says how many that are in a row. */
  noteSetback(): number {
    this.#setbacks += 1;
    return this.#setbacks;
  }

  /** Puts the next try off, at least as long as the collector itself asks for. */
  wait(retryAfterMs: number | undefined): void {
    const { clock, random } = this.#deps;
    this.#notBeforeMs = clock.monotonicMs() + retryDelayMs({ failuresInARow: this.#setbacks, retryAfterMs }, random());
    this.#isToldToWait = retryAfterMs !== undefined;
  }

  reset(): void {
    this.#setbacks = 0;
    this.#notBeforeMs = 0;
    this.#isToldToWait = false;
  }

  /** Tries again after the shortest pause, unless the collector named a date. */
  hurry(): void {
    if (!this.#isToldToWait) this.#notBeforeMs = Math.min(this.#notBeforeMs, this.#lastTryAtMs + SHORTEST_RETRY_DELAY_MS);
  }

  get isTroubled(): boolean {
    return this.#setbacks > 0;
  }

  untilNextTryMs(): number {
    return Math.max(0, this.#notBeforeMs - this.#deps.clock.monotonicMs());
  }

  /** True when the collector's own date lies beyond the deadline: nothing can change before. */
  isHopeless(deadlineMs: number): boolean {
    return this.#isToldToWait && this.#notBeforeMs > deadlineMs;
  }
}
