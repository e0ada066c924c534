/** Multiplies two decimals exactly. */
export function multiplyDecimals(one: string, other: string): string {
  const [wholeA = '0', fractionA = ''] = one.split('.');
  const [wholeB = '0', fractionB = ''] = other.split('.');
  const decimals = fractionA.length + fractionB.length;
  const digits = (BigInt(wholeA + fractionA) * BigInt(wholeB + fractionB)).toString().padStart(decimals + 1, '0');
  if (decimals === 0) return digits;
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, '');
}
