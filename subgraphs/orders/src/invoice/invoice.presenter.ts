import { presentTaxedMoney, presentTaxLine } from '../tax/tax.presenter.ts';
import type { InvoiceSellerInput, InvoiceSettingsSetInput } from './invoice.inputs.ts';
import type { SettingsInput } from './invoice-settings.service.ts';
import type { StoredInvoice } from './invoice.repository.ts';
import { totalsOf, type InvoiceLine, type InvoiceSeller } from './invoice.ts';
import type { InvoiceLineType, InvoiceObjectType } from './invoice.types.ts';

export function presentInvoice({ document, ...invoice }: StoredInvoice): InvoiceObjectType {
  const { taxLines, ...total } = totalsOf(document);
  return {
    ...invoice,
    locale: document.locale,
    currencyCode: document.currency,
    orderNumber: document.order.number,
    creditedInvoiceNumber: document.credits?.number ?? null,
    seller: document.seller,
    buyer: document.buyer,
    lines: document.lines.map(presentLine),
    total: presentTaxedMoney(total),
    taxLines: taxLines.map(presentTaxLine),
  };
}

function presentLine({ net, tax, gross, taxLines, ...line }: InvoiceLine): InvoiceLineType {
  return { ...line, total: presentTaxedMoney({ net, tax, gross }), taxLines: taxLines.map(presentTaxLine) };
}

/** Converts the input of `invoiceSettingsSet`. */
export function settingsOf(input: InvoiceSettingsSetInput): SettingsInput {
  const { invoicePrefix, creditNotePrefix, isAutomatic, idempotencyKey, expectedVersion = null } = input;
  const settings = { seller: sellerOf(input.seller), invoicePrefix, creditNotePrefix, isAutomatic };
  return { ...settings, idempotencyKey, expectedVersion };
}

/** Converts the seller of the input. Omitted texts become null. */
function sellerOf(input: InvoiceSellerInput): InvoiceSeller {
  const { legalName, address, bank } = input;
  const { line1, line2 = null, city, region = null, postalCode = null, countryCode } = address;
  return {
    legalName,
    address: { line1, line2, city, region, postalCode, countryCode },
    vatId: input.vatId ?? null,
    registrationId: input.registrationId ?? null,
    email: input.email ?? null,
    phone: input.phone ?? null,
    bank: bank
      ? {
          accountHolder: bank.accountHolder,
          accountNumber: bank.accountNumber.replaceAll(' ', ''),
          bankName: bank.bankName ?? null,
          bic: bank.bic ?? null,
        }
      : null,
    footer: input.footer ?? null,
    color: input.color ?? null,
  };
}
