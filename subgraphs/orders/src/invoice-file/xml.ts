/** A serialized XML element. */
export interface Xml {
  readonly xml: string;
}

/** The content of an element: text, or elements in the order of the schema. Null elements are left out. */
export type XmlContent = string | readonly (Xml | null)[];

/** Makes an element. Text and attributes are escaped. */
export function element(name: string, content: XmlContent, attributes: Readonly<Record<string, string>> = {}): Xml {
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const body = typeof content === 'string' ? escapeXml(content) : content.map((child) => child?.xml ?? '').join('');
  return { xml: `<${name}${head.join('')}>${body}</${name}>` };
}

/** Makes an element of a text. Null when there is no text: the rules of EN 16931 forbid empty elements. */
export function optional(
  name: string,
  text: string | null | undefined,
  attributes: Readonly<Record<string, string>> = {},
): Xml | null {
  return text === null || text === undefined || text === '' ? null : element(name, text, attributes);
}

/** The text of a document. @param root the outermost element, with the namespaces as attributes */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Characters that XML 1.0 cannot contain, not even escaped (section 2.2). */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Escapes text for XML 1.0. Forbidden characters are removed. */
export function escapeXml(text: string): string {
  return text.replaceAll(FORBIDDEN, '').replaceAll(/[&<>"]/g, (char) => ENTITIES[char] ?? '');
}
