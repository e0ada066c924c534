const STRING = 7;

/** Writes frames of AWS's event stream by its description, apart from the fake that other tests use; checksums are left at nought. */
export function writeFrames(events: readonly (readonly [type: string, payload: object])[], kind: 'event' | 'exception' = 'event'): Buffer {
  return Buffer.concat(
    events.map(([type, payload]) =>
      writeFrame({ [`:${kind}-type`]: type, ':content-type': 'application/json', ':message-type': kind }, payload),
    ),
  );
}

function writeFrame(headers: Readonly<Record<string, string>>, payload: object): Buffer {
  const head = Buffer.concat(
    Object.entries(headers).map(([name, value]) =>
      Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([STRING, 0, value.length]), Buffer.from(value)]),
    ),
  );
  const body = Buffer.from(JSON.stringify(payload));
  const lengths = Buffer.alloc(12);
  lengths.writeUInt32BE(16 + head.length + body.length, 0);
  lengths.writeUInt32BE(head.length, 4);
  return Buffer.concat([lengths, head, body, Buffer.alloc(4)]);
}
