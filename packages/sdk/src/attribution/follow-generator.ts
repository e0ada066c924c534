type Method = (this: unknown, ...values: readonly unknown[]) => unknown;

/** Where a generator goes on, and what is told when it comes to its end. */
export type GeneratorFollower = {
  readonly resume: (step: () => unknown) => unknown;
  readonly done?: (how: 'finished' | 'left') => void;
  readonly failed?: (error: unknown) => void;
};

const METHODS = ['next', 'return', 'throw'] as const;
const GENERATOR = /^\[object (Async)?Generator\]$/;

/** True for what a generator function gives. */
export function isGenerator(value: unknown): value is object {
  return typeof value === 'object' && value !== null && GENERATOR.test(Object.prototype.toString.call(value));
}

/**
 * Lets a generator run where it was made, not where it is driven from: its body begins with the first `next()`, when the
 * scope that made it is long over. It stays the same object; three methods of its own, not enumerable, cover its
 * prototype's until it ends.
 */
export function followGenerator(generator: object, { resume, done, failed }: GeneratorFollower): void {
  for (const name of METHODS) {
    const original: unknown = Reflect.get(generator, name);
    if (!isMethod(original)) continue;
    const value: Method = function step(...values) {
      return resume(() => followStep(() => Reflect.apply(original, generator, values), { name }));
    };
    Object.defineProperty(generator, name, { value, writable: true, configurable: true, enumerable: false });
  }

  function followStep(step: () => unknown, { name }: { readonly name: string }): unknown {
    const look = (result: unknown): unknown => {
      if (isDone(result)) end(() => done?.(name === 'return' ? 'left' : 'finished'));
      return result;
    };
    const fail = (error: unknown): never => {
      end(() => failed?.(error));
      throw error;
    };
    let result: unknown;
    try {
      result = step();
    } catch (error) {
      return fail(error);
    }
    return result instanceof Promise ? result.then(look, fail) : look(result);
  }

  function end(tell: () => void): void {
    for (const name of METHODS) Reflect.deleteProperty(generator, name);
    tell();
  }
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}

function isDone(step: unknown): boolean {
  return typeof step === 'object' && step !== null && 'done' in step && step.done === true;
}
