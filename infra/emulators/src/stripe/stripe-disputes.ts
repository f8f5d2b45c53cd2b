import { randomBytes } from 'node:crypto';
import type { StripeBooks } from './stripe-books.ts';
import type { StripeEvents } from './stripe-events.ts';
import type { Dispute } from './stripe-objects.ts';

const ANSWER_SECONDS = 7 * 24 * 3600;

/** Opens and closes disputes, as the buyer's bank does. */
export class StripeBank {
  readonly #books: StripeBooks;
  readonly #events: StripeEvents;

  constructor(books: StripeBooks, events: StripeEvents) {
    this.#books = books;
    this.#events = events;
  }

  /** Opens a dispute. @returns the id of the dispute @throws Error when no money was captured from the intent */
  open(intentId: string, amount?: number): string {
    const intent = this.#books.intent(intentId);
    if (intent?.status !== 'succeeded') throw new Error(`The intent ${intentId} took no money`);
    const created = Math.floor(Date.now() / 1000);
    const dispute: Dispute = {
      id: `du_${randomBytes(12).toString('hex')}`,
      object: 'dispute',
      amount: amount ?? intent.amount_received,
      charge: intent.latest_charge,
      created,
      currency: intent.currency,
      evidence_details: { due_by: created + ANSWER_SECONDS, has_evidence: false },
      payment_intent: intentId,
      reason: 'fraudulent',
      status: 'needs_response',
    };
    this.#save(dispute, 'created');
    return dispute.id;
  }

  /** Changes the status of a dispute. @throws Error when the dispute does not exist */
  decide(id: string, status: Dispute['status']): void {
    const dispute = this.#books.dispute(id);
    if (!dispute) throw new Error(`There is no dispute ${id}`);
    this.#save({ ...dispute, status }, status === 'won' || status === 'lost' ? 'closed' : 'updated');
  }

  #save(dispute: Dispute, event: 'created' | 'updated' | 'closed'): void {
    this.#books.save(dispute);
    this.#events.publish(`charge.dispute.${event}`, dispute, Math.floor(Date.now() / 1000));
  }
}
