import { decimalAmount, type Money } from '@souk/kit/domain';
import type { Address } from '@souk/kit/postal';
import { countryCodeOf, EMAIL_SCHEME, percentOf, TYPE_CODES } from './e-invoice-codes.ts';
import type { DocumentCharge, EInvoice, EInvoiceLine, VatBreakdown, VatTerms } from './e-invoice.ts';
import { element, optional, xmlDocument, type Xml } from '../invoice-file/xml.ts';

/** The Factur-X profile EN 16931. */
const GUIDELINE = 'urn:cen.eu:en16931:2017';
const UNECE = 'urn:un:unece:uncefact:data:standard';

/** Writes an invoice or a credit note as UN/CEFACT Cross Industry Invoice D16B, in the Factur-X profile EN 16931. */
export function ciiOf(invoice: EInvoice): string {
  const root = element(
    'rsm:CrossIndustryInvoice',
    [
      element('rsm:ExchangedDocumentContext', [
        element('ram:GuidelineSpecifiedDocumentContextParameter', [element('ram:ID', GUIDELINE)]),
      ]),
      element('rsm:ExchangedDocument', [
        element('ram:ID', invoice.number),
        element('ram:TypeCode', TYPE_CODES[invoice.type]),
        element('ram:IssueDateTime', [date('udt', invoice.issuedOn)]),
        invoice.seller.footer ? element('ram:IncludedNote', [element('ram:Content', invoice.seller.footer)]) : null,
      ]),
      element('rsm:SupplyChainTradeTransaction', [
        ...invoice.lines.map((line, index) => lineOf(line, index + 1)),
        agreementOf(invoice),
        deliveryOf(invoice),
        settlementOf(invoice),
      ]),
    ],
    {
      'xmlns:rsm': `${UNECE}:CrossIndustryInvoice:100`,
      'xmlns:ram': `${UNECE}:ReusableAggregateBusinessInformationEntity:100`,
      'xmlns:qdt': `${UNECE}:QualifiedDataType:100`,
      'xmlns:udt': `${UNECE}:UnqualifiedDataType:100`,
    },
  );
  return xmlDocument(root);
}

function lineOf(line: EInvoiceLine, id: number): Xml {
  const { unitCode } = line;
  return element('ram:IncludedSupplyChainTradeLineItem', [
    element('ram:AssociatedDocumentLineDocument', [element('ram:LineID', String(id))]),
    element('ram:SpecifiedTradeProduct', [
      optional('ram:SellerAssignedID', line.sku),
      element('ram:Name', line.name),
      ...line.attributes.map(([name, value]) =>
        element('ram:ApplicableProductCharacteristic', [element('ram:Description', name), element('ram:Value', value)]),
      ),
    ]),
    element('ram:SpecifiedLineTradeAgreement', [
      element('ram:NetPriceProductTradePrice', [
        element('ram:ChargeAmount', line.price),
        element('ram:BasisQuantity', String(line.baseQuantity), { unitCode }),
      ]),
    ]),
    element('ram:SpecifiedLineTradeDelivery', [element('ram:BilledQuantity', String(line.quantity), { unitCode })]),
    element('ram:SpecifiedLineTradeSettlement', [
      categoryOf('ram:ApplicableTradeTax', line.vat),
      element('ram:SpecifiedTradeSettlementLineMonetarySummation', [amount('ram:LineTotalAmount', line.net)]),
    ]),
  ]);
}

function agreementOf(invoice: EInvoice): Xml {
  const { seller, buyer, orderNumber, purchaseOrderNumber } = invoice;
  return element('ram:ApplicableHeaderTradeAgreement', [
    optional('ram:BuyerReference', invoice.buyerReference),
    element('ram:SellerTradeParty', [
      element('ram:Name', seller.legalName),
      seller.registrationId
        ? element('ram:SpecifiedLegalOrganization', [element('ram:ID', seller.registrationId)])
        : null,
      element('ram:DefinedTradeContact', [
        element('ram:PersonName', seller.legalName),
        seller.phone
          ? element('ram:TelephoneUniversalCommunication', [element('ram:CompleteNumber', seller.phone)])
          : null,
        seller.email ? element('ram:EmailURIUniversalCommunication', [element('ram:URIID', seller.email)]) : null,
      ]),
      addressOf(seller.address),
      seller.email ? endpoint(seller.email) : null,
      vatIdOf(seller.vatId),
    ]),
    element('ram:BuyerTradeParty', [
      element('ram:Name', buyer.address.name),
      addressOf(buyer.address),
      endpoint(buyer.email),
      vatIdOf(buyer.vatId),
    ]),
    element('ram:SellerOrderReferencedDocument', [element('ram:IssuerAssignedID', orderNumber)]),
    purchaseOrderNumber
      ? element('ram:BuyerOrderReferencedDocument', [element('ram:IssuerAssignedID', purchaseOrderNumber)])
      : null,
  ]);
}

function endpoint(email: string): Xml {
  return element('ram:URIUniversalCommunication', [element('ram:URIID', email, { schemeID: EMAIL_SCHEME })]);
}

function vatIdOf(vatId: string | null): Xml | null {
  if (vatId === null) return null;
  return element('ram:SpecifiedTaxRegistration', [element('ram:ID', vatId, { schemeID: 'VA' })]);
}

function addressOf(address: Omit<Address, 'name' | 'phone'>): Xml {
  return element('ram:PostalTradeAddress', [
    optional('ram:PostcodeCode', address.postalCode),
    element('ram:LineOne', address.line1),
    optional('ram:LineTwo', address.line2),
    element('ram:CityName', address.city),
    element('ram:CountryID', countryCodeOf(address.countryCode)),
    optional('ram:CountrySubDivisionName', address.region),
  ]);
}

function deliveryOf({ delivery }: EInvoice): Xml {
  return element('ram:ApplicableHeaderTradeDelivery', [
    delivery && element('ram:ShipToTradeParty', [element('ram:Name', delivery.name), addressOf(delivery)]),
  ]);
}

function settlementOf(invoice: EInvoice): Xml {
  const { preceding } = invoice;
  return element('ram:ApplicableHeaderTradeSettlement', [
    element('ram:InvoiceCurrencyCode', invoice.currency),
    paymentMeansOf(invoice),
    ...invoice.vat.map(taxOf),
    ...invoice.charges.map(chargeOf),
    invoice.terms === null
      ? null
      : element('ram:SpecifiedTradePaymentTerms', [element('ram:Description', invoice.terms)]),
    summationOf(invoice),
    preceding &&
      element('ram:InvoiceReferencedDocument', [
        element('ram:IssuerAssignedID', preceding.number),
        element('ram:FormattedIssueDateTime', [date('qdt', preceding.issuedOn)]),
      ]),
  ]);
}

function paymentMeansOf({ payment: { code, text, account } }: EInvoice): Xml {
  return element('ram:SpecifiedTradeSettlementPaymentMeans', [
    element('ram:TypeCode', code),
    element('ram:Information', text),
    account &&
      element('ram:PayeePartyCreditorFinancialAccount', [
        code === '58' ? element('ram:IBANID', account.accountNumber) : null,
        element('ram:AccountName', account.accountHolder),
        code === '58' ? null : element('ram:ProprietaryID', account.accountNumber),
      ]),
    account?.bic
      ? element('ram:PayeeSpecifiedCreditorFinancialInstitution', [element('ram:BICID', account.bic)])
      : null,
  ]);
}

function taxOf({ taxable, tax, exemption, category, millionths }: VatBreakdown): Xml {
  return element('ram:ApplicableTradeTax', [
    amount('ram:CalculatedAmount', tax),
    element('ram:TypeCode', 'VAT'),
    optional('ram:ExemptionReason', exemption?.text),
    amount('ram:BasisAmount', taxable),
    element('ram:CategoryCode', category),
    optional('ram:ExemptionReasonCode', exemption?.code),
    rateOf({ category, millionths }),
  ]);
}

function categoryOf(name: string, vat: VatTerms): Xml {
  return element(name, [element('ram:TypeCode', 'VAT'), element('ram:CategoryCode', vat.category), rateOf(vat)]);
}

function rateOf({ category, millionths }: VatTerms): Xml | null {
  return category === 'O' ? null : element('ram:RateApplicablePercent', percentOf(millionths));
}

function chargeOf({ isCharge, amount: value, reason, reasonCode, vat }: DocumentCharge): Xml {
  return element('ram:SpecifiedTradeAllowanceCharge', [
    element('ram:ChargeIndicator', [element('udt:Indicator', String(isCharge))]),
    amount('ram:ActualAmount', value),
    optional('ram:ReasonCode', reasonCode),
    element('ram:Reason', reason),
    categoryOf('ram:CategoryTradeTax', vat),
  ]);
}

function summationOf({ totals, currency }: EInvoice): Xml {
  return element('ram:SpecifiedTradeSettlementHeaderMonetarySummation', [
    amount('ram:LineTotalAmount', totals.lines),
    amount('ram:ChargeTotalAmount', totals.charges),
    amount('ram:AllowanceTotalAmount', totals.allowances),
    amount('ram:TaxBasisTotalAmount', totals.net),
    element('ram:TaxTotalAmount', decimalAmount(totals.tax), { currencyID: currency }),
    totals.rounding.amountMinor === 0 ? null : amount('ram:RoundingAmount', totals.rounding),
    amount('ram:GrandTotalAmount', totals.gross),
    totals.paid.amountMinor === 0 ? null : amount('ram:TotalPrepaidAmount', totals.paid),
    amount('ram:DuePayableAmount', totals.due),
  ]);
}

/** A date in the format 102 (YYYYMMDD). */
function date(prefix: 'udt' | 'qdt', day: string): Xml {
  return element(`${prefix}:DateTimeString`, day.replaceAll('-', ''), { format: '102' });
}

function amount(name: string, value: Money): Xml {
  return element(name, decimalAmount(value));
}
