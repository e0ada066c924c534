const BLOCK_BYTES = 64;
/** Fractional parts of the square roots of the first 8 primes and of the cube roots of the first 64 (FIPS 180-4). */
const PRIMES = firstPrimes(64);
const START = PRIMES.slice(0, 8).map((prime) => fractionOf(prime ** (1 / 2)));
const ROUNDS = PRIMES.map((prime) => fractionOf(prime ** (1 / 3)));

/** SHA-256 of a text, as hex digits: for runtimes that have none that answers at once. */
export function sha256Hex(text: string): string {
  const bytes = pad(Buffer.from(text));
  let state = START;
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) state = compress(state, bytes.subarray(at, at + BLOCK_BYTES));
  return state.map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** The text, a one, zeros, and the text's length in bits at the end of the last block. */
function pad(text: Buffer): Buffer {
  const padded = Buffer.alloc(Math.ceil((text.length + 9) / BLOCK_BYTES) * BLOCK_BYTES);
  text.copy(padded);
  padded[text.length] = 0x80;
  padded.writeBigUInt64BE(BigInt(text.length) * 8n, padded.length - 8);
  return padded;
}

function compress(state: readonly number[], block: Buffer): number[] {
  const words: number[] = [];
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < ROUNDS.length; i += 1) {
    const [two = 0, seven = 0, fifteen = 0, sixteen = 0] = [words[i - 2], words[i - 7], words[i - 15], words[i - 16]];
    const low = turn(fifteen, 7) ^ turn(fifteen, 18) ^ (fifteen >>> 3);
    const high = turn(two, 17) ^ turn(two, 19) ^ (two >>> 10);
    const word = i < 16 ? block.readUInt32BE(i * 4) : (sixteen + low + seven + high) >>> 0;
    words.push(word);
    const choice = (e & f) ^ (~e & g);
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (ROUNDS[i] ?? 0) + word) >>> 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
    [a, b, c, d, e, f, g, h] = [(first + second) >>> 0, a, b, c, (d + first) >>> 0, e, f, g];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + (state[index] ?? 0)) >>> 0);
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function fractionOf(root: number): number {
  return Math.floor((root % 1) * 2 ** 32);
}

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number += 1) if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  return primes;
}
