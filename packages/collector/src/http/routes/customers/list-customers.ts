import type { CustomerPage } from '@llmobserve/protocol';
import { Hono } from 'hono';
import * as z from 'zod';

import { CUSTOMER_SORTS, type CustomersQuestion } from '../../../queries/index.ts';
import { invalidQuery, type Caller } from '../../../services/index.ts';
import type { AppEnv } from '../../app-env.ts';
import { describeAnswers } from '../../describe-answers.ts';
import { authenticate } from '../../middleware/authenticate.ts';
import { readCursor, writeCursor } from '../../page-cursor.ts';
import { rangeBefore } from '../../read-cost-question.ts';
import { readQuery, readRange } from '../../read-query.ts';
import { customerPage } from '../../schemas/answers.ts';
import type { Services } from '../../services.ts';

const SORTS = CUSTOMER_SORTS.flatMap((sort) => [sort, `-${sort}` as const]);

const customersQuery = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  search: z.string().max(200).optional().meta({ description: 'Part of an id or a name.' }),
  sort: z.enum(SORTS).default('-costUsd').meta({ description: 'A minus sign sorts the largest, latest or last first.' }),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  compare: z.literal('previous').optional(),
});

/** A cursor holds its order, so that one of another order is not taken for a place in this one. */
const position = z
  .object({ sort: z.enum(SORTS), sorted: z.string(), id: z.string() })
  .refine(({ sort, sorted, id }) => isPlaceIn(columnOf(sort), sorted) && !id.includes('\0'));

/** `GET /v1/customers`: who there is and what each cost in a range. */
export function listCustomers(services: Services): Hono<AppEnv> {
  const description = describeAnswers({
    summary: 'Customers with their cost in a range and over the last 14 days.',
    tag: 'Reads',
    needs: 'read',
    query: customersQuery,
    answers: { 200: customerPage },
    problems: [400],
  });
  return new Hono<AppEnv>().get('/v1/customers', description, authenticate(services, 'read'), async (c) => {
    const { workspace } = c.get('caller');
    const { sort, question } = readQuestion(new URL(c.req.url).searchParams, workspace, services.clock.nowMs());
    const { items, next, total } = await services.ledger.listCustomers(workspace.id, question);
    return c.json({ items, ...(next ? { nextCursor: writeCursor({ sort, ...next }) } : {}), total } satisfies CustomerPage);
  });
}

function readQuestion(
  params: URLSearchParams,
  { timeZone }: Caller['workspace'],
  nowMs: number,
): { readonly sort: string; readonly question: CustomersQuestion } {
  const { sort, search, cursor, limit, compare, ...text } = readQuery(customersQuery, params);
  const range = readRange(text, timeZone, nowMs);
  const after = readCursor(position, cursor);
  if (after && after.sort !== sort) throw invalidQuery('cursor', 'belongs to a list in another order');
  if (search?.includes('\0')) throw invalidQuery('search', 'must not hold U+0000');
  const previous = compare && rangeBefore(range, timeZone);
  return { sort, question: { range, previous, timeZone, search, sort: columnOf(sort), isDescending: sort.startsWith('-'), after, limit } };
}

function columnOf(sort: (typeof SORTS)[number]): CustomersQuestion['sort'] {
  return CUSTOMER_SORTS.find((known) => sort.endsWith(known)) ?? 'costUsd';
}

const WHOLE_COST = /^\d{1,50}$/;
const WHOLE_NUMBER = /^\d{1,18}$/;

/** What a column is compared with has to be of its type, or the store could not read it. */
function isPlaceIn(column: CustomersQuestion['sort'], sorted: string): boolean {
  if (column === 'name') return !sorted.includes('\0');
  return (column === 'costUsd' ? WHOLE_COST : WHOLE_NUMBER).test(sorted);
}
