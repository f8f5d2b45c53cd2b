import { Journal } from '../server/journal.ts';

/** A payment page and its state. Amounts are in the vendor's unit. */
export interface Page {
  /** The last segment of the page's URL. */
  readonly code: string;
  /** The vendor's id of the transaction. */
  readonly id: number;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly email: string;
  readonly returnUrl: string | null;
  /**
   * NEW means that the buyer has not tried to pay. FAILED means that the last attempt failed and the buyer may try
   * again.
   */
  readonly status: 'NEW' | 'FAILED' | 'PAID';
  readonly createdAt: string;
  /** The time of the payment (ISO 8601). Null before the payment. */
  readonly paidAt: string | null;
}

export interface PageRefund {
  readonly id: number;
  readonly transactionId: number;
  readonly amount: number;
  readonly note: string;
  readonly createdAt: string;
}

/** A dispute of a paid page. */
export interface PageDispute {
  readonly id: number;
  readonly transactionId: number;
  readonly amount: number;
  /** The status in the words of the vendor. */
  readonly status: string;
  /**
   * The outcome of a resolved dispute at Paystack. Null for an open dispute, and at vendors whose status states the
   * outcome.
   */
  readonly resolution: string | null;
  /** The deadline for the shop's response (ISO 8601). */
  readonly dueAt: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

type Entry = { readonly page: Page } | { readonly refund: PageRefund } | { readonly dispute: PageDispute };

/** The stored data of an emulator with payment pages. */
export class HostedBooks {
  readonly #pages = new Map<string, Page>();
  readonly #refunds = new Map<number, PageRefund>();
  readonly #disputes = new Map<number, PageDispute>();
  readonly #journal: Journal<Entry>;

  /** @param file see `Journal` */
  constructor(file: string | null) {
    this.#journal = new Journal<Entry>(file, (entry) => {
      if ('page' in entry) this.#pages.set(entry.page.code, entry.page);
      else if ('refund' in entry) this.#refunds.set(entry.refund.id, entry.refund);
      else this.#disputes.set(entry.dispute.id, entry.dispute);
    });
  }

  nextId(): number {
    return 1_000 + this.#pages.size + this.#refunds.size + this.#disputes.size;
  }

  pages(): Page[] {
    return [...this.#pages.values()];
  }

  page(code: string): Page | null {
    return this.#pages.get(code) ?? null;
  }

  /** The paid page with a reference. When no page with this reference is paid, the newest page with it. */
  byReference(reference: string): Page | null {
    const found = this.pages().filter((page) => page.reference === reference);
    return found.find(({ status }) => status === 'PAID') ?? found.at(-1) ?? null;
  }

  byId(id: number): Page | null {
    return this.pages().find((page) => page.id === id) ?? null;
  }

  dispute(id: number): PageDispute | null {
    return this.#disputes.get(id) ?? null;
  }

  disputes(): PageDispute[] {
    return [...this.#disputes.values()];
  }

  refunds(): PageRefund[] {
    return [...this.#refunds.values()];
  }

  refundsOf(transactionId: number): PageRefund[] {
    return this.refunds().filter((refund) => refund.transactionId === transactionId);
  }

  refundedOf(transactionId: number): number {
    return this.refundsOf(transactionId).reduce((sum, { amount }) => sum + amount, 0);
  }

  save(entry: Entry): void {
    this.#journal.record(entry);
  }
}
