import { PriceLines, type PricedLine } from '@souk/catalog/contract';
import { handleCommand, type CommandHandler } from '@souk/kit/contracts';
import { err, ok } from '@souk/kit/domain';
import { aVariant } from './carts.ts';

/** A test double of the catalog. Tests can change its variants and its replies. */
export class TestCatalog {
  readonly #variants = new Map<string, PricedLine>();
  /** The number of received commands. */
  asked = 0;
  /** If true, the catalog does not reply. */
  isDown = false;
  /** The unit price of every variant in a sales channel, by the id of the channel. @default the variant's own price */
  readonly channelPrices = new Map<string, string>();

  /** Adds or changes a variant. @returns its id */
  sell(values: Partial<PricedLine> = {}): string {
    const { taxCategory = null, weightGrams = null, includesTax = null, tiers, ...others } = values;
    const variant = { ...aVariant({ ...others, taxCategory, weightGrams, includesTax }), ...(tiers && { tiers }) };
    this.#variants.set(variant.variantId, { ...variant, options: [...variant.options], listIds: [...variant.listIds] });
    return variant.variantId;
  }

  withdraw(variantId: string): void {
    this.#variants.delete(variantId);
  }

  readonly handlers: readonly CommandHandler[] = [
    handleCommand(PriceLines, async (_ctx, { variantIds, channelId }) => {
      this.asked += 1;
      if (this.isDown) throw new Error('the catalog is down');
      const unknown = variantIds.filter((id) => !this.#variants.has(id));
      if (unknown.length > 0) return err({ code: 'VARIANT_NOT_FOUND' as const, variantIds: unknown });
      const unitPrice = this.channelPrices.get(channelId ?? '');
      const lines = variantIds.flatMap((id) => this.#variants.get(id) ?? []);
      return ok({ lines: lines.map((line) => ({ ...line, ...(unitPrice !== undefined && { unitPrice }) })) });
    }),
  ];
}
