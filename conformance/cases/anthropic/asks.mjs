/** Six words in, eight out. */
export const ask = {
  model: 'claude-sonnet-4-5',
  max_tokens: 8,
  messages: [{ role: 'user', content: 'How much does acme cost, naïvely?' }],
};
export const streamed = { ...ask, stream: true };
export const tool = {
  name: 'look_up',
  description: 'looks up a price',
  input_schema: { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] },
};

export const one = [{}];
export const streams = [{ streamed: true }];
export const failed = [{ status: 'error', usage: 'none', model: undefined }];
