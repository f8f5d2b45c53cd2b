import type { RequestContext } from '@souk/kit/context';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { OrdersRead, OrdersWrite } from '../contract.ts';
import type { OrderView } from '../order/order-details.loader.ts';
import { presentOrder } from '../order/order.presenter.ts';
import { OrderType } from '../order/order.types.ts';
import { respond } from '../user-errors.ts';
import { OrderNoteAddInput, OrderNoteDeleteInput, OrderUpdateInput } from './annotation.inputs.ts';
import type { AnnotationService } from './annotation.service.ts';
import { OrderNoteAddPayload, OrderNoteDeletePayload, OrderNoteType, OrderUpdatePayload } from './annotation.types.ts';

/** GraphQL fields of orders with the notes and tags of staff, and the mutations that change them. */
@Resolver(() => OrderType)
export class AnnotationResolver {
  readonly #service: AnnotationService;

  constructor(service: AnnotationService) {
    this.#service = service;
  }

  @ForScope(OrdersRead)
  @FieldResolver(() => [String], { nullable: true, description: 'The labels that staff gave. At most 20, sorted.' })
  tags(@Root() { id, details }: OrderType): Promise<readonly string[]> {
    return details.tags(id);
  }

  @ForScope(OrdersRead)
  @FieldResolver(() => [OrderNoteType], {
    nullable: true,
    description: 'The notes of staff, the newest first. At most 200.',
  })
  async notes(@Root() { id: orderId, details }: OrderType): Promise<OrderNoteType[]> {
    return (await details.notes(orderId)).map(({ id, text, created_at, created_by }) => ({
      id,
      text,
      createdAt: created_at,
      createdBy: created_by,
    }));
  }

  @ForScope(OrdersWrite)
  @Mutation(() => OrderUpdatePayload, {
    nullable: true,
    description: 'Replaces the tags, the attributes and the purchase order number of an order.',
  })
  orderUpdate(@Arg('input', () => OrderUpdateInput) input: OrderUpdateInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#service.update(ctx, input), presentPayload);
  }

  @ForScope(OrdersWrite)
  @Mutation(() => OrderNoteAddPayload, { nullable: true, description: 'Adds a note for staff to an order.' })
  orderNoteAdd(@Arg('input', () => OrderNoteAddInput) input: OrderNoteAddInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#service.addNote(ctx, input), presentPayload);
  }

  @ForScope(OrdersWrite)
  @Mutation(() => OrderNoteDeletePayload, { nullable: true, description: 'Deletes a note for staff.' })
  orderNoteDelete(@Arg('input', () => OrderNoteDeleteInput) input: OrderNoteDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#service.deleteNote(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }
}

function presentPayload(view: OrderView | null) {
  return { order: view && presentOrder(view) };
}
