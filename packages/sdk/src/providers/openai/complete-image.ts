import type { JsonValue } from '@llmobserve/protocol';
import type { Reading, Seen } from '../provider.ts';
import { findLastText } from '../read-members.ts';
import { outputAs } from './output-as.ts';

/** DALL·E's answer says neither; older models take nothing but squares unless asked. */
const DEFAULT_SIZE = '1024x1024';

/** Adds how many pictures were made, how large and how well; models that bill by the token tell that besides. */
export function completeImage(reading: Reading, { request, tail }: Seen): Reading {
  const told = (name: string): string | undefined => findLastText(tail, name) ?? textOf(request.member(name));
  const images = Number(request.member('n') ?? 1);
  const imageQuality = told('quality');
  const attributes: Record<string, JsonValue> = { imageSize: told('size') ?? DEFAULT_SIZE };
  if (imageQuality !== undefined) attributes['imageQuality'] = imageQuality;
  return { ...reading, attributes, usage: { ...outputAs('imageOutput', reading.usage), images: images > 0 ? images : 1 } };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== 'auto' ? value : undefined;
}
