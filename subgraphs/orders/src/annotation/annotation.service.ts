import { randomUUID } from 'node:crypto';
import type { RequestContext } from '@souk/kit/context';
import { err, expectVersion, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type MutationInput } from '@souk/kit/persistence';
import { OrdersWrite } from '../contract.ts';
import { changeRemarks, NO_REMARKS, type RemarksChange } from '../custom-attribute/custom-attribute.ts';
import type { OrdersUnitOfWork } from '../database.ts';
import type { OrderView } from '../order/order-details.loader.ts';
import { findNotes } from '../order/order-annotations.repository.ts';
import { writeHistory } from '../order/order-history.repository.ts';
import { orderNotFound } from '../order/order.errors.ts';
import { changesOf } from '../order/order.events.ts';
import { lockOrder } from '../order/order.repository.ts';
import type { OrderService } from '../order/order.service.ts';
import { entry } from '../order/order.ts';
import { tagsOf } from '../order/order-tag.ts';
import { MAX_NOTES, noteNotFound, tooManyNotes } from './annotation.ts';
import { deleteNote, findRemarks, insertNote, saveRemarks, saveTags } from './annotation.repository.ts';

type Failures = Failure | readonly Failure[];

/** Input of the mutation `orderUpdate`. An absent member keeps its value. */
export interface OrderUpdate extends MutationInput, Omit<RemarksChange, 'buyerNote'> {
  readonly orderId: string;
  readonly expectedVersion?: number | null;
  readonly tags?: readonly string[] | null;
}

export interface NewNote extends MutationInput {
  readonly orderId: string;
  readonly text: string;
}

/** Changes the notes, tags and `Remarks` of orders. Every method needs the scope `orders:write` and throws AccessDeniedError without it. */
export class AnnotationService {
  readonly #unitOfWork: OrdersUnitOfWork;
  readonly #orders: OrderService;
  readonly #clock: Clock;

  constructor(unitOfWork: OrdersUnitOfWork, orders: OrderService, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#orders = orders;
    this.#clock = clock;
  }

  /** Replaces tags, attributes and purchase order number. Adds an entry to the order's history. */
  async update(ctx: RequestContext, input: OrderUpdate): Promise<Result<OrderView | null, Failures>> {
    const { orderId, expectedVersion } = input;
    const mutation = { scope: OrdersWrite, operation: 'orderUpdate', input } as const;
    const updated = await mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failures>> => {
      const tags = input.tags === undefined ? null : tagsOf(input.tags ?? []);
      if (tags && !tags.ok) return tags;
      const order = await lockOrder(tx, orderId);
      if (!order) return err(orderNotFound());
      const current = expectVersion(order.version, expectedVersion);
      if (!current.ok) return current;
      const { attributes, purchaseOrderNumber } = input;
      const before = (await findRemarks(tx, orderId)) ?? NO_REMARKS;
      const remarks = changeRemarks(before, { attributes, purchaseOrderNumber });
      if (!remarks.ok) return remarks;
      const history = writeHistory(tx, order, order.historyLength, [entry('DETAILS_CHANGED', this.#clock.now())]);
      await saveRemarks(tx, orderId, remarks.value, order.historyLength + history.length);
      if (tags) await saveTags(tx, orderId, tags.value);
      tx.outbox.append(changesOf(order, history));
      return ok(orderId);
    });
    return updated.ok ? ok(await this.#orders.load(ctx, orderId)) : updated;
  }

  /** Adds a note to an order. An order has at most `MAX_NOTES` notes. */
  async addNote(ctx: RequestContext, input: NewNote): Promise<Result<OrderView | null, Failures>> {
    const { orderId, text } = input;
    const mutation = { scope: OrdersWrite, operation: 'orderNoteAdd', input } as const;
    const added = await mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failures>> => {
      if (!(await lockOrder(tx, orderId))) return err(orderNotFound());
      const notes = (await findNotes(tx, [orderId])).get(orderId) ?? [];
      if (notes.length >= MAX_NOTES) return err(tooManyNotes());
      await insertNote(tx, { id: randomUUID(), orderId, text });
      return ok(orderId);
    });
    return added.ok ? ok(await this.#orders.load(ctx, orderId)) : added;
  }

  /** Deletes a note. @returns its id */
  deleteNote(
    ctx: RequestContext,
    input: MutationInput & { readonly noteId: string },
  ): Promise<Result<string, Failures>> {
    const mutation = { scope: OrdersWrite, operation: 'orderNoteDelete', input } as const;
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failures>> =>
      (await deleteNote(tx, input.noteId)) ? ok(input.noteId) : err(noteNotFound()),
    );
  }
}
