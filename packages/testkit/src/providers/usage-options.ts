import type { JsonRecord } from '@llmobserve/protocol';

/** Whether a fake tells usage. */
export type TellingOptions = {
  /** Leaves every usage out, as some gateways do. */
  readonly omitsUsage?: boolean;
};

/** Which usage a fake tells. */
export type UsageOptions<Usage> = TellingOptions & {
  /** Changes the planned tokens of an answer. */
  readonly planUsage?: (planned: Usage) => Usage;
};

/** Gives the members that tell a usage, or none where usage is left out. */
export type TellUsage = (usage: JsonRecord) => JsonRecord;

export function createTellUsage({ omitsUsage = false }: TellingOptions): TellUsage {
  return (usage) => (omitsUsage ? {} : usage);
}
