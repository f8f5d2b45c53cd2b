import type { DraftOrderRecord } from './draft-order.repository.ts';
import type { DraftOrderType } from './draft-order.types.ts';

/** The GraphQL object of a draft, without its version. The field `version` is resolved from the cart. */
export function presentDraft(draft: DraftOrderRecord): DraftOrderType {
  return {
    id: draft.id,
    status: draft.status,
    expiresAt: draft.expires_at,
    paymentPath: draft.status === 'DRAFT' ? `/store/checkout#cart=${draft.cart_id}` : null,
    createdAt: draft.created_at,
    createdBy: draft.created_by,
    updatedAt: draft.updated_at,
    updatedBy: draft.updated_by,
    version: draft.version,
    cartId: draft.cart_id,
    orderId: draft.order_id,
  };
}

export function presentDraftPayload(draft: DraftOrderRecord | null) {
  return { draftOrder: draft && presentDraft(draft) };
}
