import type { JsonRecord } from '@llmobserve/protocol';
import { countTexts, hashOf, listOf, numberOf, recordOf, textOf, type ReadRequest } from '../providers/index.ts';
import type { TokenAsk } from './plan-tokens.ts';

export type ToolAsk = { readonly name: string; readonly schema: unknown };

/** A chat or responses request, as far as the answer depends on it. */
export type Ask = TokenAsk & {
  readonly isStreamed: boolean;
  readonly tier: unknown;
  /** The tool to call; absent once a tool has answered. */
  readonly tool: ToolAsk | undefined;
  /** The JSON schema that the answer must keep to. */
  readonly schema: unknown;
};

export type ChatAsk = Ask & { readonly includesUsage: boolean };
export type ResponseAsk = Ask & {
  readonly isBackground: boolean;
  /** How often the model searches the web: once where it may. */
  readonly searches: number;
};

export function readChatAsk({ members, body }: ReadRequest): ChatAsk {
  const messages = listOf(members['messages']);
  const hasToolAnswer = recordOf(messages.at(-1))['role'] === 'tool';
  const format = recordOf(members['response_format']);
  return {
    ...readCommon(members, body),
    inputWords: countInput(messages),
    audioParts: countAudio(messages),
    wantsAudio: listOf(members['modalities']).includes('audio'),
    outputLimit: numberOf(members['max_completion_tokens'] ?? members['max_tokens']),
    effort: textOf(members['reasoning_effort']),
    includesUsage: recordOf(members['stream_options'])['include_usage'] === true,
    tool: hasToolAnswer ? undefined : chooseTool(members, (tool) => recordOf(tool['function'])),
    schema: format['type'] === 'json_object' ? { type: 'object' } : recordOf(format['json_schema'])['schema'],
  };
}

export function readResponseAsk({ members, body }: ReadRequest): ResponseAsk {
  const input = listOf(members['input']);
  const hasToolAnswer = recordOf(input.at(-1))['type'] === 'function_call_output';
  return {
    ...readCommon(members, body),
    inputWords: countInput(input) + countTexts([textOf(members['input']), members['instructions']]),
    audioParts: 0,
    wantsAudio: false,
    outputLimit: numberOf(members['max_output_tokens']),
    effort: textOf(recordOf(members['reasoning'])['effort']),
    isBackground: members['background'] === true,
    searches: listOf(members['tools']).some((tool) => textOf(recordOf(tool)['type'])?.startsWith('web_search')) ? 1 : 0,
    tool: hasToolAnswer ? undefined : chooseTool(members, (tool) => tool),
    schema: recordOf(recordOf(members['text'])['format'])['schema'],
  };
}

function readCommon(members: JsonRecord, body: Buffer): Pick<Ask, 'model' | 'isStreamed' | 'tier' | 'hash'> {
  return {
    model: textOf(members['model']) ?? 'unknown',
    isStreamed: members['stream'] === true,
    tier: members['service_tier'],
    hash: hashOf(body.toString('utf8')),
  };
}

/** The tool that is named, else the first; `tool_choice: 'none'` means none. */
function chooseTool(members: JsonRecord, describe: (tool: JsonRecord) => JsonRecord): ToolAsk | undefined {
  if (members['tool_choice'] === 'none') return undefined;
  const named = textOf(describe(recordOf(members['tool_choice']))['name']);
  const tools = listOf(members['tools']).map((tool) => describe(recordOf(tool)));
  const chosen = tools.find((tool) => named === undefined || tool['name'] === named);
  const name = textOf(chosen?.['name']);
  return name === undefined ? undefined : { name, schema: chosen?.['parameters'] };
}

/** Words in the texts of messages, of their parts, and of what tools were asked and answered. */
function countInput(messages: readonly unknown[]): number {
  return messages.reduce<number>((sum, message) => sum + countMessage(recordOf(message)), 0);
}

function countMessage(message: JsonRecord): number {
  const texts = [message['content'], message['text'], message['output'], message['arguments'], recordOf(message['function'])['arguments']];
  const own = countTexts(texts.map(textOf));
  return own + countInput(listOf(message['content'])) + countInput(listOf(message['tool_calls']));
}

function countAudio(messages: readonly unknown[]): number {
  const parts = messages.flatMap((message) => listOf(recordOf(message)['content']));
  return parts.filter((part) => recordOf(part)['type'] === 'input_audio').length;
}
