import type { ModelPrices } from './price-list.ts';
import type { ProviderPrices } from './price-book.ts';

/** A snapshot's date at the end of a name: -2024-08-06, -20240806 or @20240806, on Bedrock with its version: -20240806-v1:0. */
const SNAPSHOT_DATE = /[-@]20\d\d(-?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:-v\d+(?::\d+)?)?$/;
/** What stands before the model in an ARN of Bedrock; profiles of the app's own carry an id there, which is then a miss. */
const ARN_HEAD = /^arn:aws[a-z-]*:bedrock:[^/]*\//;
/** ft:<base>:<organisation>:<suffix>:<id>, as OpenAI names fine-tuned models. */
const FINE_TUNED = /^ft:([^:]+):/;

/**
 * Finds the model a name means: exact name or alias, then the name without its snapshot date, then the fine-tuned base.
 *
 * A miss is a miss: nothing is matched by a part of its name.
 *
 * @example matchModel(openai, 'gpt-4o-2024-08-06')
 */
export function matchModel(provider: ProviderPrices, name: string): ModelPrices | undefined {
  const bare = withoutPrefix(provider, name.toLowerCase());
  return byNameOrSnapshot(provider, bare) ?? byFineTunedBase(provider, bare);
}

/** Takes off what a provider puts before its own names, like Google's `models/` or an ARN's account. */
function withoutPrefix({ prefixes }: ProviderPrices, name: string): string {
  const bare = name.replace(ARN_HEAD, '');
  const prefix = prefixes.find((candidate) => bare.startsWith(candidate));
  return prefix === undefined ? bare : bare.slice(prefix.length);
}

function byNameOrSnapshot({ byName }: ProviderPrices, name: string): ModelPrices | undefined {
  return byName.get(name) ?? byName.get(name.replace(SNAPSHOT_DATE, ''));
}

/** Fine-tuned models have prices of their own, so the base is looked up as `ft:<base>`. */
function byFineTunedBase(provider: ProviderPrices, name: string): ModelPrices | undefined {
  const base = FINE_TUNED.exec(name)?.[1];
  return base === undefined ? undefined : byNameOrSnapshot(provider, `ft:${base}`);
}
