import {
  DraftOrderCreateDocument,
  DraftOrderDeleteDocument,
  DraftOrderLinesSetDocument,
  DraftOrderShowDocument,
  DraftOrderUpdateDocument,
} from '@souk/sdk';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted } from '../api/refusal.ts';
import { buyerInput, linesInput, type DraftForm, type DraftOrder } from './draft-form.ts';

export const draftKey = (id: string) => ['draft-order', id] as const;

/** Reads a draft order. Null when the draft order does not exist. */
export async function readDraft(id: string, signal?: AbortSignal): Promise<DraftOrder | null> {
  return (await souk.run(DraftOrderShowDocument, { id }, signal ? { signal } : {})).draftOrder;
}

/**
 * Saves a form: first the lines, then buyer, address and shipping method.
 * @param seen the draft order that the form edits. Null creates a new draft order
 * @param onSaved receives the draft order after each step. When the server refuses a later step, the earlier steps stay
 * saved
 * @throws RefusalError
 */
export async function saveDraft(
  form: DraftForm,
  seen: DraftOrder | null,
  onSaved: (draft: DraftOrder) => void,
): Promise<DraftOrder> {
  const withLines = seen === null ? await createDraft(form) : await setLines(form, seen);
  onSaved(withLines);
  const input = {
    ...buyerInput(form),
    idempotencyKey: newIdempotencyKey(),
    id: withLines.id,
    expectedVersion: withLines.version,
  };
  const saved = present(accepted((await souk.run(DraftOrderUpdateDocument, { input })).draftOrderUpdate).draftOrder);
  onSaved(saved);
  return saved;
}

async function createDraft(form: DraftForm): Promise<DraftOrder> {
  const input = { idempotencyKey: newIdempotencyKey(), lines: linesInput(form) };
  return present(accepted((await souk.run(DraftOrderCreateDocument, { input })).draftOrderCreate).draftOrder);
}

async function setLines(form: DraftForm, { id, version }: DraftOrder): Promise<DraftOrder> {
  const input = { idempotencyKey: newIdempotencyKey(), id, expectedVersion: version, lines: linesInput(form) };
  return present(accepted((await souk.run(DraftOrderLinesSetDocument, { input })).draftOrderLinesSet).draftOrder);
}

/** Deletes a draft order. Its payment link then no longer works. @throws RefusalError */
export async function deleteDraft({ id, version }: DraftOrder): Promise<void> {
  const input = { idempotencyKey: newIdempotencyKey(), id, expectedVersion: version };
  accepted((await souk.run(DraftOrderDeleteDocument, { input })).draftOrderDelete);
}

function present(draft: DraftOrder | null): DraftOrder {
  if (!draft) throw new Error('The server returned no draft order.');
  return draft;
}
