import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';

/** The highest number of attributes of a cart or an order. */
export const MAX_ATTRIBUTES = 20;

/** A key and a text that the buyer sees, for instance the engraving of a ring. */
export interface CustomAttribute {
  readonly key: string;
  readonly value: string;
}

/** The texts that a buyer adds to a cart or an order. */
export interface Remarks {
  readonly buyerNote: string | null;
  /** The number under which the buyer's company registers the purchase. */
  readonly purchaseOrderNumber: string | null;
  /** The keys are unique. */
  readonly attributes: readonly CustomAttribute[];
}

export const NO_REMARKS: Remarks = { buyerNote: null, purchaseOrderNumber: null, attributes: [] };

/** A change of remarks. An absent field keeps its value. Null removes the value. */
export type RemarksChange = { readonly [Member in keyof Remarks]?: Remarks[Member] | null | undefined };

/** Applies a change to remarks. Fails when two attributes have the same key. */
export function changeRemarks(before: Remarks, change: RemarksChange): Result<Remarks, Failure> {
  const { buyerNote = before.buyerNote, purchaseOrderNumber = before.purchaseOrderNumber } = change;
  const { attributes = before.attributes } = change;
  const keys = attributes?.map(({ key }) => key) ?? [];
  const repeated = keys.findIndex((key, index) => keys.indexOf(key) < index);
  if (repeated >= 0) return err(attributeRepeated(keys[repeated] ?? '', repeated));
  return ok({
    buyerNote,
    purchaseOrderNumber,
    attributes: (attributes ?? []).map(({ key, value }) => ({ key, value })),
  });
}

function attributeRepeated(key: string, index: number): Failure<'INVALID_INPUT'> {
  const field = ['attributes', String(index), 'key'];
  return failure('INVALID_INPUT', `Two attributes have the key ${JSON.stringify(key)}; remove one of them`, field);
}
