import type { JsonValue, Usage } from '@llmobserve/protocol';
import type { Reading, RequestView, Seen } from '../provider.ts';
import { findLastText } from '../read-members.ts';
import { outputAs } from './output-as.ts';

/** DALL·E's answer says neither; older models take nothing but squares unless asked. */
const DEFAULT_SIZE = '1024x1024';
/** What a square picture of gpt-image-1 is, by its quality (OpenAI's guide, 2025-04); other sizes are half as much again, other models from a quarter less to twice as much. */
const SQUARE_TOKENS: Readonly<Record<string, number>> = { low: 272, medium: 1056, high: 4160 };
const CHARACTERS_PER_TOKEN = 4;

/** Adds how many pictures were made, how large and how well; models that bill by the token tell that besides. */
export function completeImage(reading: Reading, { request, tail }: Seen): Reading {
  const told = (name: string): string | undefined => findLastText(tail, name) ?? askedFor(request, name);
  const imageQuality = told('quality');
  const attributes: Record<string, JsonValue> = { imageSize: told('size') ?? DEFAULT_SIZE };
  if (imageQuality !== undefined) attributes['imageQuality'] = imageQuality;
  const isUntold = reading.usage === undefined && billsTokens(request);
  const usage = isUntold ? undefined : { ...outputAs('imageOutput', reading.usage), images: countImages(request) };
  return { ...reading, attributes, usage };
}

/** Works out what pictures come to whose answer broke off. */
export function estimateImage(request: RequestView): Usage {
  const images = countImages(request);
  if (!billsTokens(request)) return { images };
  const square = SQUARE_TOKENS[askedFor(request, 'quality') ?? ''] ?? SQUARE_TOKENS['medium'] ?? 0;
  const isSquare = (askedFor(request, 'size') ?? DEFAULT_SIZE) === DEFAULT_SIZE;
  const input = Math.ceil((askedFor(request, 'prompt') ?? '').length / CHARACTERS_PER_TOKEN);
  return { input, imageOutput: images * square * (isSquare ? 1 : 1.5), images };
}

function billsTokens(request: RequestView): boolean {
  return /gpt-/.test(askedFor(request, 'model') ?? '');
}

function countImages(request: RequestView): number {
  const images = Number(request.member('n') ?? 1);
  return images > 0 ? images : 1;
}

function askedFor(request: RequestView, name: string): string | undefined {
  const value = request.member(name);
  return typeof value === 'string' && value !== 'auto' ? value : undefined;
}
