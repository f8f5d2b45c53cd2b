import type { enNewProduct } from './en-new-product.ts';

/** The German texts of the page that creates a product. */
export const deNewProduct: Readonly<Record<keyof typeof enNewProduct, string>> = {
  'newProduct.title': 'Neues Produkt',
  'newProduct.baseSku.help': 'Die Artikelnummern der Varianten beginnen damit. Vorgeschlagen aus dem Namen.',
  'newProduct.options': 'Optionen',
  'newProduct.options.none':
    'Füge eine Option hinzu, etwa Größe oder Farbe, wenn es das Produkt in mehreren Varianten gibt.',
  'newProduct.option.add': 'Option hinzufügen',
  'newProduct.option.name': 'Option {number, number}',
  'newProduct.option.nameExample': 'Größe',
  'newProduct.option.values': 'Werte der Option {number, number}',
  'newProduct.option.valuesExample': 'S, M, L',
  'newProduct.option.remove': 'Option {number, number} entfernen',
  'newProduct.variant': 'Variante',
  'newProduct.currency': 'Währung der Preise',
  'newProduct.currency.none': 'Keine Währung hat diesen Code.',
  'newProduct.warehouse': 'Lager des ersten Bestands',
  'newProduct.stock': 'Erster Bestand',
  'newProduct.stock.reason': 'Erster Bestand eines neuen Produkts',
  'newProduct.stock.problem': 'Das Produkt ist gespeichert, sein Bestand nicht: {message}',
  'newProduct.tooMany': 'Ein Produkt hat höchstens {count, number} Varianten. Weitere Kombinationen fallen weg.',
  'newProduct.category': 'Kategorie',
  'newProduct.category.choose': 'Keine Kategorie',
  'newProduct.saveDraft': 'Als Entwurf speichern',
  'newProduct.invalid': 'Berichtige die markierten Felder.',
  'newProduct.invalid.price': 'Gib einen Preis ein, etwa 12,50.',
  'newProduct.invalid.count': 'Gib eine ganze Zahl ein.',
};
