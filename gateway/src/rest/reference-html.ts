/** Safe HTML text. Create it with `html` or `escaped`, which escape values. */
export class Html {
  constructor(readonly text: string) {}
}

/** The values that a template of HTML accepts. */
export type HtmlValue = Html | readonly Html[] | string | number;

/** Builds a piece of HTML. Values are escaped unless they are HTML themselves. Lists are joined. */
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

/** Formats a line of text whose backticks mark code. */
export function marked(text: string): readonly Html[] {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
}
