import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';

/** The highest number of attributes of a cart or an order. */
export const MAX_ATTRIBUTES = 20;

/** A text that the buyer sees under its key, for instance the engraving of a ring. */
export interface CustomAttribute {
  readonly key: string;
  readonly value: string;
}

/** The texts that a buyer adds to a purchase beside its lines. */
export interface Remarks {
  readonly buyerNote: string | null;
  /** The number under which the buyer's company books the purchase. */
  readonly purchaseOrderNumber: string | null;
  /** Each key at most once. */
  readonly attributes: readonly CustomAttribute[];
}

export const NO_REMARKS: Remarks = { buyerNote: null, purchaseOrderNumber: null, attributes: [] };

/** New remarks. An absent member stays, null removes it. */
export type RemarksChange = { readonly [Member in keyof Remarks]?: Remarks[Member] | null | undefined };

/** The remarks after a change. Refuses a key that two attributes have. */
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
