import { logIds, type RequestContext } from '@souk/kit/context';
import { CommandUnavailableError, type CommandClient, type CommandDefinition } from '@souk/kit/contracts';
import type { Logger } from '@souk/kit/runtime';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { endLease, LEASE_SECONDS, renewLease, saveCheckout } from './checkout.repository.ts';
import type { Checkout } from './checkout.ts';

/**
 * Where a checkout is. RECORDED: `name` is the state that was just committed. COMMAND: `name` is about to be sent. ANSWERED: it was
 * carried out, and nothing of it is recorded yet.
 */
export interface CheckoutStep {
  readonly checkoutId: string;
  readonly at: 'RECORDED' | 'COMMAND' | 'ANSWERED';
  readonly name: string;
}

/**
 * Called after each recorded step and around each command, and waited for. For crash drills: what it throws leaves the checkout
 * as a crash at this point would, to recovery.
 */
export type OnCheckoutStep = (step: CheckoutStep) => void | Promise<void>;

export interface CheckoutJournalDependencies {
  readonly unitOfWork: OrdersUnitOfWork;
  readonly commands: CommandClient;
  readonly logger: Logger;
  readonly onStep: OnCheckoutStep;
}

/** How a checkout moves: commands go out between transactions, and each outcome is recorded under the checkout's lease. */
export class CheckoutJournal {
  readonly #dependencies: CheckoutJournalDependencies;

  constructor(dependencies: CheckoutJournalDependencies) {
    this.#dependencies = dependencies;
  }

  /** Tells of a checkout that was just recorded for the first time. */
  async began({ id, state }: Checkout): Promise<void> {
    await this.#dependencies.onStep({ checkoutId: id, at: 'RECORDED', name: state });
  }

  /** Commits the next state, together with what else the step changes. @throws LeaseLostError */
  async record(
    ctx: RequestContext,
    next: Checkout,
    alongside: (tx: OrdersTransaction) => Promise<void> = async () => undefined,
  ): Promise<Checkout> {
    await this.#dependencies.unitOfWork.run(ctx, async (tx) => {
      await saveCheckout(tx, next);
      await alongside(tx);
    });
    await this.#dependencies.onStep({ checkoutId: next.id, at: 'RECORDED', name: next.state });
    return next;
  }

  /** @throws CommandUnavailableError */
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

  /** Like `send`; null: the command got no reply. */
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

  /** Leaves a checkout to recovery, which need not wait for the end of the lease then. */
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

  /** Keeps the lease while `work` runs: one of its commands may take longer than a lease lasts. */
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
