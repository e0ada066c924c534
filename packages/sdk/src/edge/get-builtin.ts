/** A module that is part of the runtime, asked for by name at run time, so that a bundler need not know it; undefined where there is none. */
export function getBuiltin(name: string): unknown {
  const process: NodeJS.Process & { getBuiltinModule?(name: string): unknown } = globalThis.process;
  return process?.getBuiltinModule?.(name);
}
