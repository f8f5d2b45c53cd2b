import { logIds, type RequestContext } from '@souk/kit/context';
import { CommandUnavailableError, type CommandClient, type CommandDefinition } from '@souk/kit/contracts';
import type { Logger } from '@souk/kit/runtime';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { endLease, LEASE_SECONDS, renewLease, saveCheckout } from './checkout.repository.ts';
import type { Checkout } from './checkout.ts';

/**
 * A step of a checkout. RECORDED: the state called `name` has just been committed. COMMAND: the command called `name` is about to be sent.
 * ANSWERED: the command has been carried out, but its reply is not recorded yet.
 */
export interface CheckoutStep {
  readonly checkoutId: string;
  readonly at: 'RECORDED' | 'COMMAND' | 'ANSWERED';
  readonly name: string;
}

/**
 * Called after each recorded step, and before and after each command. The checkout waits for the returned promise. For crash drills: an
 * error leaves the checkout to recovery, as a crash at this point does.
 */
export type OnCheckoutStep = (step: CheckoutStep) => void | Promise<void>;

export interface CheckoutJournalDependencies {
  readonly unitOfWork: OrdersUnitOfWork;
  readonly commands: CommandClient;
  readonly logger: Logger;
  readonly onStep: OnCheckoutStep;
}

/** Records the progress of checkouts. Commands are sent between transactions. Each outcome is recorded under the checkout's lease. */
export class CheckoutJournal {
  readonly #dependencies: CheckoutJournalDependencies;

  constructor(dependencies: CheckoutJournalDependencies) {
    this.#dependencies = dependencies;
  }

  /** Reports a checkout that has just been recorded for the first time. */
  async began({ id, state }: Checkout): Promise<void> {
    await this.#dependencies.onStep({ checkoutId: id, at: 'RECORDED', name: state });
  }

  /** Commits the next state with the step's other changes. @throws LeaseLostError when another process has taken over the checkout */
  async record(
    ctx: RequestContext,
    next: Checkout,
    alongside: (tx: OrdersTransaction) => Promise<void> = async () => undefined,
  ): Promise<Checkout> {
    await this.#dependencies.unitOfWork.run(ctx, async (tx) => {
      // Together in a round trip. A lost lease fails both.
      await Promise.all([saveCheckout(tx, next), alongside(tx)]);
    });
    await this.#dependencies.onStep({ checkoutId: next.id, at: 'RECORDED', name: next.state });
    return next;
  }

  /** Sends a command. @throws CommandUnavailableError when the command got no reply */
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

  /** Sends a command as `send` does. Null when the command got no reply. */
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

  /** Ends the lease, so that the recovery job takes over the checkout without waiting for the lease's expiry. */
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

  /** Renews the lease while `work` runs, because one command may take longer than the lease lasts. */
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
