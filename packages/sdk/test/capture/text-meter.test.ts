import { describe, expect, test } from 'vitest';
import { TextMeter } from '../../src/capture/text-meter.ts';

/** Counts are o200k_base's. */
const TEXTS: readonly (readonly [string, number, string, number])[] = [
  ['a question', 16, 'What did the customers of our three largest workspaces spend on embeddings last month?', 0.1],
  [
    'prose',
    83,
    'A good house is easy to walk: the data comes in at one door and moves one way. Whoever reads the plan should be able to find every room without a guide, and whoever builds a new one should know which wall carries the roof. That is why we write down not only what stands where, but also what we tried before and gave up, so that nobody has to fall into the same hole twice.',
    0.2,
  ],
  [
    'code',
    62,
    'export function sumOfParts(parts: readonly number[]): number {\n  let total = 0;\n  for (const part of parts) {\n    if (part < 0) throw new RangeError(`a part cannot be negative: ${part}`);\n    total += part;\n  }\n  return total;\n}\n',
    0.1,
  ],
  [
    'JSON',
    54,
    '{"customer":"acme","calls":1284,"cost":{"usd":"12.340000000000","quality":"exact"},"models":["gpt-4o-2024-08-06","text-embedding-3-small"],"live":true}',
    0.15,
  ],
  [
    'a list',
    41,
    '1. Open the settings.\n2. Choose "Keys".\n3. Press "Create a key" and copy it.\n4. Paste it into your .env file.\n5. Start the app again.',
    0.1,
  ],
  [
    'German',
    25,
    'Die Kosten der letzten vier Wochen sind um zwölf Prozent gestiegen, weil zwei unserer Kunden ein größeres Modell benutzen als zuvor.',
    0.1,
  ],
  ['Russian', 21, 'В прошлом месяце расходы выросли, потому что один из наших клиентов стал использовать более дорогую модель.', 0.25],
  ['Chinese', 21, '上个月的费用增加了百分之十二，因为我们的两个客户使用了比以前更大的模型。', 0.25],
  ['Japanese', 34, '先月の費用は、二社のお客様がより大きなモデルを使い始めたため、十二パーセント増えました。', 0.25],
];

describe('tokens are estimated within the error that is stated', () => {
  test.each(TEXTS)('%s', (_name, tokens, text, tolerance) => {
    const meter = new TextMeter();
    meter.add(text);
    expect(Math.abs(meter.tokens - tokens) / tokens).toBeLessThanOrEqual(tolerance);
  });
});

test('a text in pieces counts as the whole', () => {
  for (const [, , text] of TEXTS) {
    const whole = new TextMeter();
    whole.add(text);
    const pieces = new TextMeter();
    for (const character of text) pieces.add(character);
    expect(pieces.tokens).toBe(whole.tokens);
  }
});

test('any text is at least a token, and no text is none', () => {
  const meter = new TextMeter();
  expect(meter.tokens).toBe(0);
  meter.add('a');
  expect(meter.tokens).toBe(1);
});
