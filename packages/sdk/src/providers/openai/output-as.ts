import type { Usage } from '@llmobserve/protocol';

/** Calls the output what it is, where the provider told no parts of it. */
export function outputAs(unit: 'imageOutput' | 'audioOutput', usage: Usage | undefined): Usage | undefined {
  const { output, ...others } = usage ?? {};
  return output === undefined || others[unit] !== undefined ? usage : { ...others, [unit]: output };
}
