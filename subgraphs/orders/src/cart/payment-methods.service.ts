import { logIds, type RequestContext } from '@souk/kit/context';
import { CommandUnavailableError, type CommandClient } from '@souk/kit/contracts';
import type { Money } from '@souk/kit/domain';
import type { Logger } from '@souk/kit/runtime';
import { OfferedPaymentMethods, type PAYMENT_PROVIDERS } from '@souk/payments/contract';

/** A payment provider that the buyer of a cart can choose. */
export interface OfferedPaymentMethod {
  readonly provider: (typeof PAYMENT_PROVIDERS)[number];
  /** The public key for the provider's library in the buyer's browser. */
  readonly publishableKey: string | null;
}

/** Requests from the payments subgraph which payment providers can charge a cart's total. */
export class PaymentMethods {
  readonly #commands: CommandClient;
  readonly #logger: Logger;

  constructor(commands: CommandClient, logger: Logger) {
    this.#commands = commands;
    this.#logger = logger;
  }

  /** The payment methods for an amount. Null when the payments subgraph does not reply. Empty when the amount is zero. */
  async of(ctx: RequestContext, amount: Money): Promise<readonly OfferedPaymentMethod[] | null> {
    if (amount.amountMinor === 0) return [];
    try {
      return (await this.#commands.send(ctx, OfferedPaymentMethods, { amount })).methods;
    } catch (error) {
      if (!(error instanceof CommandUnavailableError)) throw error;
      this.#logger.warn({ ...logIds(ctx), error }, 'payments did not reply, cart shown without payment methods');
      return null;
    }
  }
}
