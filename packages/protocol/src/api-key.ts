const PREFIX = 'llmo_sk_';
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const KEY_PATTERN = /^llmo_sk_[0-9A-Za-z]{38}$/;
/** Largest multiple of 62 below 256: bytes from here on are skipped, so every character is equally likely. */
const UNBIASED_BELOW = 248;

export const SCOPES = ['ingest', 'read', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** A secret key: `llmo_sk_` + 32 random characters + 6 characters of checksum. */
export type ApiKey = string & { readonly brand: 'api-key' };

/**
 * Makes a new key from a source of random bytes.
 *
 * @example createApiKey((length) => crypto.getRandomValues(new Uint8Array(length)))
 */
export function createApiKey(randomBytes: (length: number) => Uint8Array): ApiKey {
  let random = '';
  while (random.length < RANDOM_LENGTH) {
    for (const byte of randomBytes(RANDOM_LENGTH)) {
      if (byte < UNBIASED_BELOW && random.length < RANDOM_LENGTH) random += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  const body = PREFIX + random;
  // Safe because the text was just built to the format.
  return (body + keyChecksum(body)) as ApiKey;
}

/** True when the text has the format of a key and its checksum is right; says nothing about whether it was issued. */
export function isApiKey(text: string): text is ApiKey {
  return KEY_PATTERN.test(text) && text.slice(-CHECKSUM_LENGTH) === keyChecksum(text.slice(0, -CHECKSUM_LENGTH));
}

/** What a list may show of a key: its first 12 and last 4 characters. */
export function maskApiKey(key: ApiKey): { prefix: string; last4: string } {
  return { prefix: key.slice(0, PREFIX.length + 4), last4: key.slice(-4) };
}

function keyChecksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    text = ALPHABET.charAt(rest % ALPHABET.length) + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

/** CRC-32 (IEEE) of ASCII text, bit by bit: a key is checked once per process, so a table would not pay. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let index = 0; index < text.length; index += 1) {
    crc ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
