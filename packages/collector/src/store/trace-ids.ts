/** Writes a 32-digit trace id as the UUID of the same 128 bits. */
export function traceIdToUuid(traceId: string): string {
  return [traceId.slice(0, 8), traceId.slice(8, 12), traceId.slice(12, 16), traceId.slice(16, 20), traceId.slice(20)].join('-');
}

export function uuidToTraceId(uuid: string): string {
  return uuid.replaceAll('-', '');
}

/** Writes a 16-digit span id as the signed integer of the same 64 bits. */
export function spanIdToInt8(spanId: string): bigint {
  return BigInt.asIntN(64, BigInt(`0x${spanId}`));
}

export function int8ToSpanId(value: bigint): string {
  return BigInt.asUintN(64, value).toString(16).padStart(16, '0');
}
