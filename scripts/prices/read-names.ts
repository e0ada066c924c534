import type { MatchLogic, ModelInfo } from '@pydantic/genai-prices';

/** Region profiles of Bedrock; a name with one is listed only where the library's own rule accepts it. */
const REGIONS = ['', 'global.', 'us.', 'eu.', 'apac.', 'jp.', 'au.', 'ca.', 'in.', 'us-gov.'];
const PLACEHOLDER_REGION = /^(?:regional|global)\./;
const REGION = /^(?:global|us|eu|apac|jp|au|ca|in|us-gov)\./;
/** Names of Bedrock begin with who made the model. */
const BEDROCK_NAME = /^[a-z0-9]+\.[a-z0-9]/;
const BEDROCK_VERSION = /(?:-v\d+)?:\d+$/;
const OPEN_SIGN = /[-@:.]$/;
const OPEN_END = /(?:[-@:.]|-20\d\d|-0|-v\d?)$/;
const DATE_RULE = /^\^?([a-z0-9./\\@-]+?)(?:-\\d\{8\}|-\\d\{4\}-\\d\{2\}-\\d\{2\})\$$/;

/**
 * Turns the library's rules into the exact names each model answers to.
 *
 * A rule such as "starts with" is never kept: its text becomes one name, and every name is asked of the whole rule
 * list, where the first model that matches owns it, so that none is listed under two models.
 */
export function readNames(models: readonly ModelInfo[], known: readonly string[]): ReadonlyMap<ModelInfo, readonly string[]> {
  const names = new Map<ModelInfo, Set<string>>(models.map((model) => [model, new Set()]));
  const candidates = new Set([...models.flatMap((model) => namesOf(model)), ...known.map((name) => name.toLowerCase())]);
  for (const name of candidates) {
    const owner = models.find((model) => matches(model.match, name));
    if (owner && isOfSameReach(owner, name)) names.get(owner)?.add(name);
    else if (known.includes(name)) throw new Error(`prices: no model of the library answers to the known name ${name}`);
  }
  return new Map([...names].map(([model, own]) => [model, [...own].toSorted()]));
}

/** A global price is for global profiles, a regional one for all others. */
function isOfSameReach(owner: ModelInfo, name: string): boolean {
  if (owner.id.startsWith('global.')) return name.startsWith('global.');
  return !(owner.id.startsWith('regional.') && name.startsWith('global.'));
}

function namesOf(model: ModelInfo): readonly string[] {
  const texts = [model.id, ...textsOf(model.match)].map((text) => text.toLowerCase().replace(PLACEHOLDER_REGION, ''));
  const names = texts.filter((text) => text.length > 1 && !OPEN_SIGN.test(text));
  return names.some((name) => BEDROCK_VERSION.test(name)) || PLACEHOLDER_REGION.test(model.id) ? names.flatMap(bedrockNamesOf) : names;
}

/** With and without version, in every region; whether such a profile exists is for the library's rules to say. */
function bedrockNamesOf(name: string): readonly string[] {
  const bare = name.replace(REGION, '');
  if (!BEDROCK_NAME.test(bare)) return [name];
  const versions = [bare, bare.replace(/:\d+$/, ''), bare.replace(BEDROCK_VERSION, '')];
  return versions.flatMap((version) => REGIONS.map((region) => region + version));
}

function textsOf(logic: MatchLogic): readonly string[] {
  if ('or' in logic) return logic.or.flatMap(textsOf);
  if ('and' in logic) return logic.and.flatMap(textsOf);
  if ('regex' in logic) return textOfDateRule(logic.regex);
  if ('equals' in logic) return [logic.equals];
  if ('starts_with' in logic) return wholeNames(logic.starts_with);
  if ('ends_with' in logic) return wholeNames(logic.ends_with);
  return wholeNames(logic.contains);
}

/** A part of a name that stops in the middle of a date or version is no name. */
function wholeNames(part: string): readonly string[] {
  return OPEN_END.test(part) ? [] : [part];
}

/** The only patterns worth a name are "this name and a date": the date is the book's own rule. */
function textOfDateRule(pattern: string): readonly string[] {
  const name = DATE_RULE.exec(pattern)?.[1];
  return name === undefined ? [] : [name.replaceAll('\\', '')];
}

/** The library's own matching, which ignores case. */
function matches(logic: MatchLogic, name: string): boolean {
  if ('or' in logic) return logic.or.some((part) => matches(part, name));
  if ('and' in logic) return logic.and.every((part) => matches(part, name));
  if ('equals' in logic) return name === logic.equals.toLowerCase();
  if ('starts_with' in logic) return name.startsWith(logic.starts_with.toLowerCase());
  if ('ends_with' in logic) return name.endsWith(logic.ends_with.toLowerCase());
  if ('contains' in logic) return name.includes(logic.contains.toLowerCase());
  return new RegExp(logic.regex).test(name);
}
