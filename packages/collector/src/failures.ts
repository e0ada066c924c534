/** A batch that cannot be read as a whole; what is wrong with single events is part of its answer instead. */
export class InvalidBatchError extends Error {
  override readonly name = 'InvalidBatchError';
  readonly code: 'invalid_body' | 'too_many_events';

  constructor(code: InvalidBatchError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** More waits to be committed than the bounds allow; nothing was kept. */
export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
  readonly retryAfterSeconds = 1;
}

/** The database cannot be reached or cannot write now; whoever asked may ask again. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
  readonly retryAfterSeconds = 1;
  /** True when the same transaction may succeed at once on another connection. */
  readonly isTransient: boolean;

  constructor(message: string, options: ErrorOptions & { readonly isTransient: boolean }) {
    super(message, options);
    this.isTransient = options.isTransient;
  }
}

/** Why the collector cannot start: sentences for the person who starts it, which say what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
