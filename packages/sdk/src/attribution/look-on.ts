import type { Told } from './follow-outcome.ts';

export type Method = (...values: readonly unknown[]) => unknown;

/** What to look at, and whom to tell how it ended. */
export type Look<Name extends string> = { readonly names: readonly Name[]; readonly told: Told };

/** How looking on ends. */
export type LookEnd = {
  /** Tells all who look on. */
  readonly tell: Told;
  /** Gives the object back as it was; false where that is done already. */
  readonly uncover: () => boolean;
};

/** Who looks on at an object; sections that nest may give the same one. */
const lookers = new WeakMap<object, Told[]>();

/**
 * Looks on at methods of an object of the app's, which stays the same object: until they are taken away, methods of its own,
 * made of those that stood there, cover them. Who comes later is told with the first.
 */
export function lookOn<Name extends string>(
  object: object,
  { names, told }: Look<Name>,
  cover: (name: Name, original: Method, end: LookEnd) => Method,
): LookEnd | undefined {
  const others = lookers.get(object);
  if (others) {
    others.push(told);
    return undefined;
  }
  const all = [told];
  const own = names.map((name) => [name, Object.getOwnPropertyDescriptor(object, name)] as const);
  const end: LookEnd = {
    tell: (...said) => all.forEach((tell) => tell(...said)),
    uncover: () => lookers.delete(object) && own.every(([name, was]) => restore(object, name, was)),
  };
  for (const [name, was] of own) {
    // Safe because who looks on has seen that they are methods.
    const original = Reflect.get(object, name) as Method;
    const isEnumerable = was?.enumerable === true;
    Object.defineProperty(object, name, {
      value: cover(name, original, end),
      writable: true,
      configurable: true,
      enumerable: isEnumerable,
    });
  }
  lookers.set(object, all);
  return end;
}

function restore(object: object, name: string, was: PropertyDescriptor | undefined): boolean {
  return was ? Reflect.defineProperty(object, name, was) : Reflect.deleteProperty(object, name);
}

/** True for what can be called. */
export function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}
