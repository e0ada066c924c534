type Method = (this: unknown, ...values: readonly unknown[]) => unknown;

/** What is done in a method's place; `run` does what the method did, on the object it was called on or on another. */
type Around = (run: (self?: unknown) => unknown, values: readonly unknown[]) => unknown;

/** Gives one object its own version of a method, and us the way back; other objects of its class keep theirs. */
export function coverMethod(target: object, name: PropertyKey, around: Around): () => void {
  const original: unknown = Reflect.get(target, name);
  if (!isMethod(original)) return () => undefined;
  const own = Object.getOwnPropertyDescriptor(target, name);
  const value: Method = function covered(this: unknown, ...values) {
    return around((self = this) => Reflect.apply(original, self, values), values);
  };
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: own?.enumerable ?? false });
  return () => {
    if (Reflect.get(target, name) !== value) return;
    if (own) Object.defineProperty(target, name, own);
    else Reflect.deleteProperty(target, name);
  };
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}
