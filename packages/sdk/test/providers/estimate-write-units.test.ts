import { describe, expect, test } from 'vitest';
import { estimateWriteUnits } from '../../src/providers/pinecone/estimate-write-units.ts';

function estimate(body: unknown): object {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return estimateWriteUnits({ text, isWhole: true, totalBytes: Buffer.byteLength(text) });
}

const vector = (dimensions: number) => Array.from({ length: dimensions }, (_, at) => at / 7);

describe('write units are worked out from the records', () => {
  test.each<readonly [string, unknown, object]>([
    ['five at least', { vectors: [{ id: 'a', values: [1, 2] }] }, { writeUnitsMin: 5, writeUnitsMax: 6 }],
    // 10 × (4 × 1000 + 1) bytes.
    [
      'one for each kB of vectors',
      { vectors: Array.from({ length: 10 }, () => ({ id: 'a', values: vector(1000) })) },
      { writeUnitsMin: 41, writeUnitsMax: 82 },
    ],
    // 4 × 1500 + 1 + 8 × 250 + 14.
    [
      'with sparse values and metadata',
      { vectors: [{ id: 'a', values: vector(1500), sparseValues: { indices: [], values: vector(250) }, metadata: { title: 'ü' } }] },
      { writeUnitsMin: 9, writeUnitsMax: 18 },
    ],
    ['an update of one record', { id: 'a', values: vector(2000), namespace: 'n' }, { writeUnitsMin: 9, writeUnitsMax: 18 }],
    ['a deletion by ids', { ids: ['a'], namespace: 'n' }, { writeUnitsMin: 5, writeUnitsMax: 6 }],
    ['emptying a namespace', { deleteAll: true, namespace: 'n' }, { writeUnitsMin: 5, writeUnitsMax: 5 }],
    ['nothing at all', '', { writeUnitsMin: 5, writeUnitsMax: 5 }],
    [
      'texts, one a line, by their bytes',
      `${JSON.stringify({ _id: 'a', text: 'x'.repeat(7000) })}\n`,
      { writeUnitsMin: 8, writeUnitsMax: 16 },
    ],
  ])('%s', (_name, body, expected) => {
    expect(estimate(body)).toEqual(expected);
  });

  test('a long body is measured by its first records, within a hundredth', () => {
    const records = Array.from({ length: 200 }, (_, number) => ({
      id: `id-${number}`,
      values: vector(768),
      metadata: { text: 'words '.repeat(20) },
    }));
    const exact = records.reduce(
      (sum, { id, values, metadata }) => sum + id.length + values.length * 4 + JSON.stringify(metadata).length,
      0,
    );
    const { writeUnitsMin } = estimate({ vectors: records, namespace: '' }) as { writeUnitsMin: number };
    expect(Math.abs(writeUnitsMin - exact / 1000) / (exact / 1000)).toBeLessThan(0.01);
  });
});
