type Method = (this: unknown, ...values: readonly unknown[]) => unknown;

/** Gives one object its own version of a method, made around the one it has; other objects of its class keep theirs. */
export function coverMethod(target: object, name: PropertyKey, around: (original: Method) => Method): void {
  const original: unknown = Reflect.get(target, name);
  if (!isMethod(original)) return;
  Object.defineProperty(target, name, { value: around(original), writable: true, configurable: true, enumerable: false });
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}
