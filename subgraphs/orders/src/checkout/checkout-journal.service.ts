import { logIds, type RequestContext } from '@souk/kit/context';
import { CommandUnavailableError, type CommandClient, type CommandDefinition } from '@souk/kit/contracts';
import type { Logger } from '@souk/kit/runtime';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { endLease, LEASE_SECONDS, renewLease, saveCheckout } from './checkout.repository.ts';
import type { Checkout } from './checkout.ts';

/**
 * A step of a checkout. RECORDED: the state `name` was committed. COMMAND: the command `name` is about to be sent. ANSWERED: the reply to
 * the command `name` has arrived and is not recorded yet.
 */
export interface CheckoutStep {
  readonly checkoutId: string;
  readonly at: 'RECORDED' | 'COMMAND' | 'ANSWERED';
  readonly name: string;
}

/**
 * A hook for crash tests. It is called after each recorded state, and before and after each command. The checkout waits for the returned
 * promise. When the hook throws, the checkout stops as after a crash at this point.
 */
export type OnCheckoutStep = (step: CheckoutStep) => void | Promise<void>;

export interface CheckoutJournalDependencies {
  readonly unitOfWork: OrdersUnitOfWork;
  readonly commands: CommandClient;
  readonly logger: Logger;
  readonly onStep: OnCheckoutStep;
}

/**
 * Records the progress of checkouts and sends their commands. Every write requires the lease of the checkout. Commands are sent between
 * transactions.
 */
export class CheckoutJournal {
  readonly #dependencies: CheckoutJournalDependencies;

  constructor(dependencies: CheckoutJournalDependencies) {
    this.#dependencies = dependencies;
  }

  /** Calls the hook for a checkout whose first state was just committed. */
  async began({ id, state }: Checkout): Promise<void> {
    await this.#dependencies.onStep({ checkoutId: id, at: 'RECORDED', name: state });
  }

  /**
   * Commits the next state of a checkout, with the writes of `alongside` in the same transaction.
   * @throws LeaseLostError when another process has taken over the checkout
   */
  async record(
    ctx: RequestContext,
    next: Checkout,
    alongside: (tx: OrdersTransaction) => Promise<void> = async () => undefined,
  ): Promise<Checkout> {
    await this.#dependencies.unitOfWork.run(ctx, async (tx) => {
      // Both writes are sent in one round trip. When the lease is lost, the transaction rolls back both writes.
      await Promise.all([saveCheckout(tx, next), alongside(tx)]);
    });
    await this.#dependencies.onStep({ checkoutId: next.id, at: 'RECORDED', name: next.state });
    return next;
  }

  /** Sends a command to another subgraph. @throws CommandUnavailableError when no reply arrives */
  async send<Request, Reply>(
    ctx: RequestContext,
    { id }: Checkout,
    command: CommandDefinition<Request, Reply>,
    request: Request,
  ): Promise<Reply> {
    await this.#dependencies.onStep({ checkoutId: id, at: 'COMMAND', name: command.name });
    const reply = await this.#dependencies.commands.send(ctx, command, request);
    await this.#dependencies.onStep({ checkoutId: id, at: 'ANSWERED', name: command.name });
    return reply;
  }

  /** Sends a command as `send` does, but returns null when no reply arrives. */
  async ask<Request, Reply>(
    ctx: RequestContext,
    checkout: Checkout,
    command: CommandDefinition<Request, Reply>,
    request: Request,
  ): Promise<Reply | null> {
    try {
      return await this.send(ctx, checkout, command, request);
    } catch (error) {
      if (!(error instanceof CommandUnavailableError)) throw error;
      this.#dependencies.logger.warn(
        { ...logIds(ctx), error, checkoutId: checkout.id },
        'checkout command got no reply, compensating',
      );
      return null;
    }
  }

  /** Ends the lease. The recovery job then takes over the checkout at its next run, without waiting for the lease to expire. */
  async leave(ctx: RequestContext, checkout: Checkout): Promise<void> {
    const { unitOfWork, logger } = this.#dependencies;
    await unitOfWork
      .run(ctx, (tx) => endLease(tx, checkout))
      .catch((error: unknown) =>
        logger.warn(
          { ...logIds(ctx), error, checkoutId: checkout.id },
          'checkout lease not ended, it expires by itself',
        ),
      );
  }

  /** Renews the lease while `work` runs, because a single command may take longer than the lease. */
  async underLease<Output>(ctx: RequestContext, checkout: Checkout, work: () => Promise<Output>): Promise<Output> {
    const { unitOfWork, logger } = this.#dependencies;
    const renew = () => unitOfWork.run(ctx, (tx) => renewLease(tx, checkout));
    const timer = setInterval(
      () =>
        void renew().catch((error: unknown) =>
          logger.warn(
            { ...logIds(ctx), error, checkoutId: checkout.id },
            'checkout lease not renewed, retrying before it expires',
          ),
        ),
      (LEASE_SECONDS * 1000) / 3,
    );
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }
}
