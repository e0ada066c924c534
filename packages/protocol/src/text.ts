// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f]/;

/** True when the text holds a C0 or C1 control character, which no identifier may. */
export function hasControlCharacter(text: string): boolean {
  return CONTROL_CHARACTER.test(text);
}

/**
 * Replaces what PostgreSQL cannot store as text, U+0000 and lone surrogates, by U+FFFD.
 *
 * @example repairText('a\u0000b') // 'a\uFFFDb'
 */
export function repairText(text: string): string {
  const withoutNul = text.includes('\u0000') ? text.replaceAll('\u0000', '\uFFFD') : text;
  return withoutNul.toWellFormed();
}

/** True when the text has more than `limit` characters (code points, so that an emoji counts as one). */
export function isLongerThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  if (text.length > 2 * limit) return true;
  let count = 0;
  for (const _character of text) count += 1;
  return count > limit;
}
