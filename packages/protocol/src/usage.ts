/** Quantities that are counted in whole tokens. */
export const TOKEN_KEYS = [
  'input',
  'cachedInput',
  'cacheWrite5m',
  'cacheWrite1h',
  'output',
  'reasoning',
  'audioInput',
  'audioCachedInput',
  'audioOutput',
  'imageInput',
  'imageCachedInput',
  'imageOutput',
] as const;

/** Quantities that may have fractions. */
export const MEASURE_KEYS = [
  'images',
  'characters',
  'seconds',
  'pages',
  'requests',
  'webSearches',
  'rerankSearches',
  'readUnits',
  'writeUnits',
  'writeUnitsMin',
  'writeUnitsMax',
  'computeUnits',
  'cacheStorageTokenHours',
  'gbMonths',
] as const;

// Marked, so that a bundle that asks for token keys alone does not carry the others.
export const USAGE_KEYS: readonly UsageKey[] = /* @__PURE__ */ (() => [...TOKEN_KEYS, ...MEASURE_KEYS])();

export type TokenKey = (typeof TOKEN_KEYS)[number];
export type MeasureKey = (typeof MEASURE_KEYS)[number];
export type UsageKey = TokenKey | MeasureKey;

/**
 * Disjoint quantities of one call: `input` excludes cached, cache-write, audio and image parts,
 * `output` excludes reasoning, audio and image parts, so that the sum of parts is the whole.
 * Keys outside `USAGE_KEYS` are kept and stay unpriced.
 */
export type Usage = { readonly [key in UsageKey]?: number } & { readonly [key: string]: number };

/** Largest quantity a call may carry; a larger one is a fault of the sender. */
export const MAX_QUANTITY = 1e12;

const TOKEN_KEY_SET: ReadonlySet<string> = new Set(TOKEN_KEYS);

/** True for keys whose quantity must be a whole number. */
export function isTokenKey(key: string): key is TokenKey {
  return TOKEN_KEY_SET.has(key);
}
