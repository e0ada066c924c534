import { writeJsonFor, writePieces } from '../providers/index.ts';
import type { TokenPlan } from './plan-tokens.ts';
import type { Ask } from './read-ask.ts';

/** What the model says: a text in pieces of one token each, or the arguments of a tool. */
export type Output = { readonly tool?: { readonly name: string; readonly arguments: string }; readonly pieces: readonly string[] };

export function writeOutput(ask: Ask, plan: TokenPlan): Output {
  if (ask.tool) return { tool: { name: ask.tool.name, arguments: JSON.stringify(writeJsonFor(ask.tool.schema, ask.hash)) }, pieces: [] };
  if (ask.schema !== undefined) return { pieces: splitText(JSON.stringify(writeJsonFor(ask.schema, ask.hash))) };
  return { pieces: writePieces(ask.hash, Math.max(0, plan.output - plan.reasoning - plan.audioOutput)) };
}

/** Small pieces, as a tokenizer would make them. */
export function splitText(text: string): readonly string[] {
  return text.match(/[\s\S]{1,8}/gu) ?? [];
}
