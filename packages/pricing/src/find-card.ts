import type { CostEvent } from '@llmobserve/protocol';
import { readCallFacts } from './read-call-facts.ts';
import { compileCard, type CompiledCard } from './compile-card.ts';
import { makeRateCard } from './make-rate-card.ts';
import { matchModel } from './match-model.ts';
import { planModel, type ModelPlan } from './plan-model.ts';
import type { PriceBook } from './price-book.ts';
import type { ModelPrices } from './price-list.ts';
import { rowsFor } from './rows-for.ts';

/** Names come from outside: past this many the memory is emptied rather than grown. */
const MAX_REMEMBERED_NAMES = 10_000;
/** How a book names what a store charges without a model. */
const NO_MODEL = '';

type Memory = {
  names: number;
  readonly byProvider: Map<string, Map<string, ModelPlan | undefined>>;
  /** One plan a model, whatever name led to it. */
  readonly plans: Map<ModelPrices, ModelPlan>;
};
const memories = new WeakMap<PriceBook, Memory>();

/** Finds everything a call is priced with; absent when the book does not know its model. */
export function findCard(book: PriceBook, event: CostEvent): CompiledCard | undefined {
  const plan = findPlan(book, event.provider, pricedName(event));
  if (!plan) return undefined;
  const key = plan.keyOf(event);
  const known = plan.cards.get(key);
  if (known) return known;
  const card = compileCard(makeRateCard(rowsFor(plan.rows, readCallFacts(event)), book));
  plan.cards.set(key, card);
  return card;
}

/** The model as answered decides; vector stores charge by the store, whatever the index is called. */
function pricedName(event: CostEvent): string {
  if (event.kind === 'vector') return NO_MODEL;
  return event.model ?? event.requestedModel ?? NO_MODEL;
}

function findPlan(book: PriceBook, provider: string, name: string): ModelPlan | undefined {
  const memory = memoryOf(book);
  const known = memory.byProvider.get(provider);
  const plan = known?.get(name);
  if (plan || known?.has(name)) return plan;
  const prices = book.providers.get(provider);
  if (!prices) return undefined;
  const model = matchModel(prices, name);
  const found = model && planOf(memory, model);
  remember(memory, { provider, name, plan: found });
  return found;
}

function planOf({ plans }: Memory, model: ModelPrices): ModelPlan {
  const known = plans.get(model);
  if (known) return known;
  const plan = planModel(model);
  plans.set(model, plan);
  return plan;
}

function memoryOf(book: PriceBook): Memory {
  const known = memories.get(book);
  if (known) return known;
  const memory: Memory = { names: 0, byProvider: new Map(), plans: new Map() };
  memories.set(book, memory);
  return memory;
}

function remember(memory: Memory, found: { provider: string; name: string; plan: ModelPlan | undefined }): void {
  if (memory.names >= MAX_REMEMBERED_NAMES) {
    memory.byProvider.clear();
    memory.names = 0;
  }
  const ofProvider = memory.byProvider.get(found.provider) ?? new Map<string, ModelPlan | undefined>();
  memory.byProvider.set(found.provider, ofProvider.set(found.name, found.plan));
  memory.names += 1;
}
