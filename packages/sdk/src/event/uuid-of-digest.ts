/** Makes a UUID of version 8 out of a digest in hex: the same digest, the same id, everywhere. */
export function uuidOfDigest(hex: string): string {
  // Variant 10: the highest two of the 64 bits.
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
