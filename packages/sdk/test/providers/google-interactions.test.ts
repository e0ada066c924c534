import { expect, test } from 'vitest';
import { priceRecorded, readRecorded } from './support/read-recorded.ts';

// Shapes of ai.google.dev/gemini-api/docs/interactions and of @google/genai 3.1.0, seen 2026-11-20.
const TO = 'POST https://generativelanguage.googleapis.com/v1beta/interactions';
const ASKED = { model: 'gemini-2.5-flash', input: 'Tell me the price of a “café”.' };
const USAGE = {
  total_input_tokens: 264,
  total_cached_tokens: 64,
  total_output_tokens: 80,
  total_thought_tokens: 100,
  total_tool_use_tokens: 0,
  total_tokens: 444,
};
const INTERACTION = {
  id: 'v1_abc',
  model: 'gemini-2.5-flash',
  status: 'completed',
  outputs: [{ type: 'text', text: 'Dear.' }],
  usage: USAGE,
};
const READ = { input: 200, cachedInput: 64, output: 80, reasoning: 100 };
const EVENTS = [
  { event_type: 'interaction.created', interaction: { id: 'v1_abc', status: 'in_progress', model: 'gemini-2.5-flash' } },
  ...['It', ' is', ' “dear”', '.'].map((text) => ({ event_type: 'step.delta', index: 0, delta: { type: 'text', text } })),
  { event_type: 'interaction.completed', interaction: INTERACTION },
];

test('an interaction is read like content, and priced alike', () => {
  const call = readRecorded({ to: TO, asked: ASKED, answer: INTERACTION });
  expect(call).toMatchObject({
    provider: 'google',
    operation: 'responses',
    model: 'gemini-2.5-flash',
    responseId: 'v1_abc',
    usageQuality: 'reported',
  });
  expect(call?.usage).toEqual(READ);
  expect(call && priceRecorded(call)).toBe('0.000511920000');
});

test('what was heard is told apart', () => {
  const modalities = [
    { modality: 'text', tokens: 164 },
    { modality: 'audio', tokens: 100 },
  ];
  const answer = { ...INTERACTION, usage: { ...USAGE, input_tokens_by_modality: modalities } };
  expect(readRecorded({ to: TO, asked: ASKED, answer })?.usage).toMatchObject({ input: 100, audioInput: 100 });
});

test('a stream tells its usage in the last event, and is estimated when it is left', () => {
  for (const pieceBytes of [1, 17, 10_000]) {
    const whole = readRecorded({ to: TO, asked: ASKED, answer: EVENTS, pieceBytes });
    expect(whole).toMatchObject({ status: 'ok', streamed: true, responseId: 'v1_abc', usage: READ, usageQuality: 'reported' });
  }
  const left = readRecorded({ to: TO, asked: ASKED, answer: EVENTS, leftAfterBytes: 300 });
  expect(left).toMatchObject({ status: 'cancelled', responseId: 'v1_abc', usageQuality: 'estimated' });
  expect(left?.usage?.output).toBeGreaterThan(0);
});

test('a stream that fails says so', () => {
  const error = { event_type: 'error', error: { code: 'resource_exhausted', message: 'No.' } };
  const call = readRecorded({ to: TO, asked: ASKED, answer: [...EVENTS.slice(0, 2), error] });
  expect(call).toMatchObject({ status: 'error', error: { code: 'resource_exhausted' } });
});
