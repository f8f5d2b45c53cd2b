import { PriceLines, type PricedLine } from '@souk/catalog/contract';
import { handleCommand, type CommandHandler } from '@souk/kit/contracts';
import { err, ok } from '@souk/kit/domain';
import { aVariant } from './carts.ts';

/** The catalog of a test: what is sold, to be changed at will, and how it answers. */
export class TestCatalog {
  readonly #variants = new Map<string, PricedLine>();
  /** How often it was asked. */
  asked = 0;
  /** While true, it gives no answer. */
  isDown = false;

  /** Sells a variant, or sells it under new terms, and gives its id. */
  sell(values: Partial<PricedLine> = {}): string {
    const variant = aVariant(values);
    this.#variants.set(variant.variantId, { ...variant, options: [...variant.options] });
    return variant.variantId;
  }

  withdraw(variantId: string): void {
    this.#variants.delete(variantId);
  }

  readonly handlers: readonly CommandHandler[] = [
    handleCommand(PriceLines, async (_ctx, { variantIds }) => {
      this.asked += 1;
      if (this.isDown) throw new Error('the catalog is down');
      const unknown = variantIds.filter((id) => !this.#variants.has(id));
      if (unknown.length > 0) return err({ code: 'VARIANT_NOT_FOUND' as const, variantIds: unknown });
      return ok({ lines: variantIds.flatMap((id) => this.#variants.get(id) ?? []) });
    }),
  ];
}
