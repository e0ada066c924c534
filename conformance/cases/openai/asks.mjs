const messages = [{ role: 'user', content: 'How much does acme cost, naïvely?' }];
const schema = { type: 'object', properties: { total: { type: 'number' } }, required: ['total'], additionalProperties: false };

/** Six words in, twenty out. */
export const ask = { model: 'gpt-4o', messages, max_completion_tokens: 20 };
export const streamed = { ...ask, stream: true };
export const counted = { ...streamed, stream_options: { include_usage: true } };
export const tool = { type: 'function', function: { name: 'look_up', parameters: schema } };
export const structured = { type: 'json_schema', json_schema: { name: 'sum', schema, strict: true } };

export const one = [{}];
export const streams = [{ streamed: true }];
export const estimates = [{ streamed: true, usage: 'estimated' }];
export const failed = [{ status: 'error', usage: 'none', model: undefined }];
