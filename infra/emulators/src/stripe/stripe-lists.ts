import type { Parameters } from './form-body.ts';
import type { StripeBooks } from './stripe-books.ts';
import { invalidRequest } from './stripe-failure.ts';
import type { StripeList, StripeObject } from './stripe-objects.ts';
import type { Route } from './stripe-requests.ts';

type Listed = Extract<StripeObject, { readonly object: 'payment_intent' | 'refund' | 'dispute' }>;

/** The routes of Stripe's lists (docs.stripe.com/api/pagination): the newest first, at most 100 on a page. */
export function listRoutes(books: StripeBooks): readonly Route[] {
  return [
    [
      'GET /v1/payment_intents',
      'PaymentIntentListParams',
      (_id, given) => listOf('/v1/payment_intents', books.all('payment_intent'), given),
    ],
    [
      'GET /v1/refunds',
      'RefundListParams',
      (_id, given) => expanded(books, listOf('/v1/refunds', books.all('refund'), given), given),
    ],
    ['GET /v1/disputes', 'DisputeListParams', (_id, given) => listOf('/v1/disputes', books.all('dispute'), given)],
  ];
}

function listOf<Item extends Listed>(url: string, all: readonly Item[], given: Parameters): StripeList<Item> {
  const limit = Number(given['limit'] ?? 10);
  if (limit < 1 || limit > 100)
    throw invalidRequest('This value must be between 1 and 100.', {
      param: 'limit',
      code: 'parameter_invalid_integer',
    });
  const found = all.filter(({ created }) => isWithin(created, given['created'])).toReversed();
  const after = given['starting_after'];
  const start = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1;
  return { object: 'list', data: found.slice(start, start + limit), has_more: found.length > start + limit, url };
}

/** Whether a time matches the parameter `created`, which is a time or a range of times. */
function isWithin(created: number, wanted: Parameters[string] | undefined): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === 'string') return created === Number(wanted);
  const bounds = wanted as Readonly<Record<string, string>>; // an object of texts in the form encoding
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = bounds;
  return created > Number(gt) && created >= Number(gte) && created < Number(lt) && created <= Number(lte);
}

function expanded(books: StripeBooks, list: StripeList<Listed>, given: Parameters): StripeList<Listed> {
  const expand = given['expand'];
  if (!Array.isArray(expand) || !expand.includes('data.payment_intent')) return list;
  const data = list.data.map((each) =>
    each.object === 'refund' ? { ...each, payment_intent: books.find('payment_intent', each.payment_intent) } : each,
  );
  return { ...list, data: data as readonly Listed[] }; // an expanded member is the object in place of its id
}
