/** HTML that is safe to be a part of a page. Texts become it by `escaped`, or by being a value of `html`. */
export class Html {
  constructor(readonly text: string) {}
}

/** What a template of HTML takes. */
export type HtmlValue = Html | readonly Html[] | string | number;

/** A piece of HTML; values are escaped unless they are HTML themselves, and lists are joined. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.reduce((text, part, index) => `${text}${textOf(values[index - 1] ?? '')}${part}`));
}

function textOf(value: HtmlValue): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return value.map(({ text }) => text).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
}

/** A line of text whose backticks mark code. */
export function marked(text: string): readonly Html[] {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
}
