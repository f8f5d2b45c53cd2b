import { decimalAmount, type Money } from '@souk/kit/domain';
import type { Address } from '@souk/kit/postal';
import { countryCodeOf, EMAIL_SCHEME, percentOf, TYPE_CODES } from './e-invoice-codes.ts';
import type { DocumentCharge, EInvoice, EInvoiceLine, VatBreakdown, VatTerms } from './e-invoice.ts';
import { element, optional, xmlDocument, type Xml } from '../invoice-file/xml.ts';

/** XRechnung 3.0, a core invoice usage specification (CIUS) of EN 16931 for Germany. */
const XRECHNUNG = 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0';
const PROFILE = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0';
const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';

/** Writes an invoice as `Invoice`, and a credit note as `CreditNote` of UBL 2.1, in the XRechnung profile. */
export function ublOf(invoice: EInvoice): string {
  const isCredit = invoice.type === 'CREDIT_NOTE';
  const name = isCredit ? 'CreditNote' : 'Invoice';
  const root = element(
    name,
    [
      ...headOf(invoice, name),
      element('cac:AccountingSupplierParty', [sellerOf(invoice)]),
      element('cac:AccountingCustomerParty', [buyerOf(invoice)]),
      deliveryOf(invoice),
      paymentMeansOf(invoice),
      invoice.terms === null ? null : element('cac:PaymentTerms', [element('cbc:Note', invoice.terms)]),
      ...invoice.charges.map(chargeOf),
      element('cac:TaxTotal', [amount('cbc:TaxAmount', invoice.totals.tax), ...invoice.vat.map(subtotalOf)]),
      monetaryTotalOf(invoice),
      ...invoice.lines.map((line, index) => lineOf(line, index + 1, isCredit)),
    ],
    {
      xmlns: `${UBL}:${name}-2`,
      'xmlns:cac': `${UBL}:CommonAggregateComponents-2`,
      'xmlns:cbc': `${UBL}:CommonBasicComponents-2`,
    },
  );
  return xmlDocument(root);
}

function headOf(invoice: EInvoice, name: 'Invoice' | 'CreditNote'): (Xml | null)[] {
  const { preceding, purchaseOrderNumber, orderNumber } = invoice;
  return [
    element('cbc:CustomizationID', XRECHNUNG),
    element('cbc:ProfileID', PROFILE),
    element('cbc:ID', invoice.number),
    element('cbc:IssueDate', invoice.issuedOn),
    element(`cbc:${name}TypeCode`, TYPE_CODES[invoice.type]),
    optional('cbc:Note', invoice.seller.footer),
    element('cbc:DocumentCurrencyCode', invoice.currency),
    optional('cbc:BuyerReference', invoice.buyerReference),
    element('cac:OrderReference', [
      // UBL has no sales order without a purchase order.
      element('cbc:ID', purchaseOrderNumber ?? orderNumber),
      element('cbc:SalesOrderID', orderNumber),
    ]),
    preceding &&
      element('cac:BillingReference', [
        element('cac:InvoiceDocumentReference', [
          element('cbc:ID', preceding.number),
          element('cbc:IssueDate', preceding.issuedOn),
        ]),
      ]),
  ];
}

function sellerOf({ seller }: EInvoice): Xml {
  return element('cac:Party', [
    optional('cbc:EndpointID', seller.email, { schemeID: EMAIL_SCHEME }),
    addressOf('cac:PostalAddress', seller.address),
    vatIdOf(seller.vatId),
    element('cac:PartyLegalEntity', [
      element('cbc:RegistrationName', seller.legalName),
      optional('cbc:CompanyID', seller.registrationId),
    ]),
    element('cac:Contact', [
      element('cbc:Name', seller.legalName),
      optional('cbc:Telephone', seller.phone),
      optional('cbc:ElectronicMail', seller.email),
    ]),
  ]);
}

function buyerOf({ buyer }: EInvoice): Xml {
  return element('cac:Party', [
    element('cbc:EndpointID', buyer.email, { schemeID: EMAIL_SCHEME }),
    addressOf('cac:PostalAddress', buyer.address),
    vatIdOf(buyer.vatId),
    element('cac:PartyLegalEntity', [element('cbc:RegistrationName', buyer.address.name)]),
  ]);
}

function vatIdOf(vatId: string | null): Xml | null {
  if (vatId === null) return null;
  return element('cac:PartyTaxScheme', [element('cbc:CompanyID', vatId), taxScheme()]);
}

function addressOf(name: string, address: Omit<Address, 'name' | 'phone'>): Xml {
  return element(name, [
    element('cbc:StreetName', address.line1),
    optional('cbc:AdditionalStreetName', address.line2),
    element('cbc:CityName', address.city),
    optional('cbc:PostalZone', address.postalCode),
    optional('cbc:CountrySubentity', address.region),
    element('cac:Country', [element('cbc:IdentificationCode', countryCodeOf(address.countryCode))]),
  ]);
}

function deliveryOf({ delivery }: EInvoice): Xml | null {
  if (!delivery) return null;
  return element('cac:Delivery', [
    element('cac:DeliveryLocation', [addressOf('cac:Address', delivery)]),
    element('cac:DeliveryParty', [element('cac:PartyName', [element('cbc:Name', delivery.name)])]),
  ]);
}

function paymentMeansOf({ payment: { code, text, account } }: EInvoice): Xml {
  return element('cac:PaymentMeans', [
    element('cbc:PaymentMeansCode', code, { name: text }),
    account &&
      element('cac:PayeeFinancialAccount', [
        element('cbc:ID', account.accountNumber),
        element('cbc:Name', account.accountHolder),
        account.bic ? element('cac:FinancialInstitutionBranch', [element('cbc:ID', account.bic)]) : null,
      ]),
  ]);
}

function chargeOf({ isCharge, amount: value, reason, reasonCode, vat }: DocumentCharge): Xml {
  return element('cac:AllowanceCharge', [
    element('cbc:ChargeIndicator', String(isCharge)),
    optional('cbc:AllowanceChargeReasonCode', reasonCode),
    element('cbc:AllowanceChargeReason', reason),
    amount('cbc:Amount', value),
    categoryOf('cac:TaxCategory', vat),
  ]);
}

function subtotalOf({ taxable, tax, exemption, ...vat }: VatBreakdown): Xml {
  return element('cac:TaxSubtotal', [
    amount('cbc:TaxableAmount', taxable),
    amount('cbc:TaxAmount', tax),
    breakdownCategoryOf(vat, exemption),
  ]);
}

/** The category of a line or a charge. It has no rate when VAT does not apply (BR-O-05). */
function categoryOf(name: string, { category, millionths }: VatTerms): Xml {
  return element(name, [
    element('cbc:ID', category),
    category === 'O' ? null : element('cbc:Percent', percentOf(millionths)),
    taxScheme(),
  ]);
}

/** The category of the VAT breakdown. XRechnung requires its rate in every category (BR-DE-14). */
function breakdownCategoryOf({ category, millionths }: VatTerms, exemption: VatBreakdown['exemption']): Xml {
  return element('cac:TaxCategory', [
    element('cbc:ID', category),
    element('cbc:Percent', percentOf(millionths)),
    optional('cbc:TaxExemptionReasonCode', exemption?.code),
    optional('cbc:TaxExemptionReason', exemption?.text),
    taxScheme(),
  ]);
}

function taxScheme(): Xml {
  return element('cac:TaxScheme', [element('cbc:ID', 'VAT')]);
}

function monetaryTotalOf({ totals, charges }: EInvoice): Xml {
  const has = (isCharge: boolean) => charges.some((charge) => charge.isCharge === isCharge);
  return element('cac:LegalMonetaryTotal', [
    amount('cbc:LineExtensionAmount', totals.lines),
    amount('cbc:TaxExclusiveAmount', totals.net),
    amount('cbc:TaxInclusiveAmount', totals.gross),
    has(false) ? amount('cbc:AllowanceTotalAmount', totals.allowances) : null,
    has(true) ? amount('cbc:ChargeTotalAmount', totals.charges) : null,
    totals.paid.amountMinor === 0 ? null : amount('cbc:PrepaidAmount', totals.paid),
    totals.rounding.amountMinor === 0 ? null : amount('cbc:PayableRoundingAmount', totals.rounding),
    amount('cbc:PayableAmount', totals.due),
  ]);
}

function lineOf(line: EInvoiceLine, id: number, isCredit: boolean): Xml {
  const { unitCode } = line;
  return element(isCredit ? 'cac:CreditNoteLine' : 'cac:InvoiceLine', [
    element('cbc:ID', String(id)),
    element(isCredit ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity', String(line.quantity), { unitCode }),
    amount('cbc:LineExtensionAmount', line.net),
    element('cac:Item', [
      element('cbc:Name', line.name),
      line.sku === null ? null : element('cac:SellersItemIdentification', [element('cbc:ID', line.sku)]),
      categoryOf('cac:ClassifiedTaxCategory', line.vat),
      ...line.attributes.map(([name, value]) =>
        element('cac:AdditionalItemProperty', [element('cbc:Name', name), element('cbc:Value', value)]),
      ),
    ]),
    element('cac:Price', [
      element('cbc:PriceAmount', line.price, { currencyID: line.net.currency }),
      element('cbc:BaseQuantity', String(line.baseQuantity), { unitCode }),
    ]),
  ]);
}

function amount(name: string, value: Money): Xml {
  return element(name, decimalAmount(value), { currencyID: value.currency });
}
