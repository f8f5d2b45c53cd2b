import type { TaxTreatment } from '../tax/tax.ts';
import type { Direction } from './visual-runs.ts';

/** The labels and sentences of invoices in one language. */
export interface InvoiceWords {
  readonly direction: Direction;
  readonly titles: Readonly<Record<'INVOICE' | 'CREDIT_NOTE', string>>;
  readonly number: string;
  readonly issuedAt: string;
  readonly order: string;
  readonly orderedAt: string;
  readonly credits: string;
  readonly buyerVatId: string;
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly tax: string;
  readonly net: string;
  readonly amount: string;
  readonly total: string;
  readonly adjustment: string;
  readonly retained: string;
  readonly taxOn: (rate: string, base: string) => string;
  readonly page: (page: number, pages: number) => string;
  readonly vatId: string;
  readonly registrationId: string;
  readonly bank: string;
  /** Sentences that tax law requires on the invoice, for instance for reverse charge. */
  readonly treatments: Readonly<Partial<Record<TaxTreatment, string>>>;
  readonly paid: string;
  readonly due: string;
  /** The difference between taxes that are rounded per line and per sum. */
  readonly rounding: string;
  /** The terms of payment of an unpaid invoice. */
  readonly terms: string;
  readonly onlinePayment: string;
  /** Why electronic invoices charge no VAT, by VAT category (UNTDID 5305). */
  readonly exemptions: Readonly<Record<'E' | 'AE' | 'G' | 'O', string>>;
}

const ENGLISH: InvoiceWords = {
  direction: 'ltr',
  titles: { INVOICE: 'Invoice', CREDIT_NOTE: 'Credit note' },
  number: 'Number',
  issuedAt: 'Date',
  order: 'Order',
  orderedAt: 'Ordered on',
  credits: 'For invoice',
  buyerVatId: 'Your VAT ID',
  description: 'Description',
  quantity: 'Qty',
  unitPrice: 'Unit price',
  tax: 'Tax',
  net: 'Net',
  amount: 'Amount',
  total: 'Total',
  adjustment: 'Refund',
  retained: 'Retained amount',
  taxOn: (rate, base) => `${rate} on ${base}`,
  page: (page, pages) => `Page ${page} of ${pages}`,
  vatId: 'VAT ID',
  registrationId: 'Registration',
  bank: 'Bank account',
  treatments: {
    REVERSE_CHARGE: 'Reverse charge: the buyer accounts for the tax.',
    EXEMPT: 'Part of this supply is exempt from tax.',
  },
  paid: 'Paid',
  due: 'Amount due',
  rounding: 'Rounding',
  terms: 'Payable immediately.',
  onlinePayment: 'Online payment',
  exemptions: {
    E: 'Exempt from VAT.',
    AE: 'Reverse charge: the buyer accounts for the tax.',
    G: 'Export outside of the EU, free of VAT.',
    O: 'Not subject to VAT.',
  },
};

const GERMAN: InvoiceWords = {
  direction: 'ltr',
  titles: { INVOICE: 'Rechnung', CREDIT_NOTE: 'Rechnungskorrektur' },
  number: 'Nummer',
  issuedAt: 'Datum',
  order: 'Bestellung',
  orderedAt: 'Bestellt am',
  credits: 'Zur Rechnung',
  buyerVatId: 'Ihre USt-IdNr.',
  description: 'Beschreibung',
  quantity: 'Menge',
  unitPrice: 'Einzelpreis',
  tax: 'Steuer',
  net: 'Netto',
  amount: 'Betrag',
  total: 'Gesamtbetrag',
  adjustment: 'Erstattung',
  retained: 'Einbehaltener Betrag',
  taxOn: (rate, base) => `${rate} auf ${base}`,
  page: (page, pages) => `Seite ${page} von ${pages}`,
  vatId: 'USt-IdNr.',
  registrationId: 'Register',
  bank: 'Bankverbindung',
  treatments: {
    REVERSE_CHARGE: 'Steuerschuldnerschaft des Leistungsempfängers.',
    EXEMPT: 'Ein Teil dieser Leistung ist steuerfrei.',
  },
  paid: 'Bezahlt',
  due: 'Zu zahlen',
  rounding: 'Rundung',
  terms: 'Sofort zahlbar.',
  onlinePayment: 'Online-Zahlung',
  exemptions: {
    E: 'Steuerfreie Leistung.',
    AE: 'Steuerschuldnerschaft des Leistungsempfängers.',
    G: 'Steuerfreie Ausfuhrlieferung.',
    O: 'Nicht umsatzsteuerbar.',
  },
};

const FRENCH: InvoiceWords = {
  direction: 'ltr',
  titles: { INVOICE: 'Facture', CREDIT_NOTE: 'Avoir' },
  number: 'Numéro',
  issuedAt: 'Date',
  order: 'Commande',
  orderedAt: 'Commandé le',
  credits: 'Pour la facture',
  buyerVatId: 'Votre n° de TVA',
  description: 'Désignation',
  quantity: 'Qté',
  unitPrice: 'Prix unitaire',
  tax: 'Taxe',
  net: 'Net',
  amount: 'Montant',
  total: 'Total',
  adjustment: 'Remboursement',
  retained: 'Montant retenu',
  taxOn: (rate, base) => `${rate} sur ${base}`,
  page: (page, pages) => `Page ${page} sur ${pages}`,
  vatId: 'N° de TVA',
  registrationId: 'Immatriculation',
  bank: 'Compte bancaire',
  treatments: {
    REVERSE_CHARGE: 'Autoliquidation.',
    EXEMPT: 'Une partie de cette vente est exonérée de taxe.',
  },
  paid: 'Payé',
  due: 'Reste à payer',
  rounding: 'Arrondi',
  terms: 'Payable immédiatement.',
  onlinePayment: 'Paiement en ligne',
  exemptions: {
    E: 'Exonéré de TVA.',
    AE: 'Autoliquidation.',
    G: 'Exportation hors de l’UE, exonérée de TVA.',
    O: 'Non soumis à la TVA.',
  },
};

const ARABIC: InvoiceWords = {
  direction: 'rtl',
  titles: { INVOICE: 'فاتورة', CREDIT_NOTE: 'إشعار دائن' },
  number: 'الرقم',
  issuedAt: 'التاريخ',
  order: 'الطلب',
  orderedAt: 'تاريخ الطلب',
  credits: 'للفاتورة',
  buyerVatId: 'رقمك الضريبي',
  description: 'الوصف',
  quantity: 'الكمية',
  unitPrice: 'سعر الوحدة',
  tax: 'الضريبة',
  net: 'الصافي',
  amount: 'المبلغ',
  total: 'الإجمالي',
  adjustment: 'استرداد',
  retained: 'مبلغ محتجز',
  taxOn: (rate, base) => `${rate} من ${base}`,
  page: (page, pages) => `صفحة ${page} من ${pages}`,
  vatId: 'الرقم الضريبي',
  registrationId: 'السجل التجاري',
  bank: 'الحساب المصرفي',
  treatments: {
    REVERSE_CHARGE: 'احتساب عكسي: يتحمل المشتري الضريبة.',
    EXEMPT: 'جزء من هذا التوريد معفى من الضريبة.',
  },
  paid: 'المدفوع',
  due: 'المبلغ المستحق',
  rounding: 'التقريب',
  terms: 'مستحق الدفع فورًا.',
  onlinePayment: 'دفع إلكتروني',
  exemptions: {
    E: 'معفى من ضريبة القيمة المضافة.',
    AE: 'احتساب عكسي: يتحمل المشتري الضريبة.',
    G: 'تصدير خارج الاتحاد الأوروبي، معفى من الضريبة.',
    O: 'غير خاضع لضريبة القيمة المضافة.',
  },
};

const LANGUAGES: Readonly<Record<string, InvoiceWords>> = { en: ENGLISH, de: GERMAN, fr: FRENCH, ar: ARABIC };

/** The words in the language of a locale. English when the language has no translation. */
export function wordsOf(locale: string): InvoiceWords {
  return LANGUAGES[locale.split('-')[0]?.toLowerCase() ?? ''] ?? ENGLISH;
}
