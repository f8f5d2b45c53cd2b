import { Parser } from 'htmlparser2';

const BLOCKS = new Set([
  'p',
  'div',
  'ul',
  'ol',
  'table',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'section',
  'pre',
]);
const LINES = new Set(['li', 'tr', 'dt', 'dd']);
const HIDDEN = new Set(['script', 'style', 'template', 'head', 'noscript', 'iframe', 'object', 'svg']);

/** The visible text of HTML. An empty line separates paragraphs, and a line end separates items of a list. */
export function textOfHtml(html: string): string {
  const [, preformatted] = /^<pre>([^<]*)<\/pre>$/.exec(html) ?? [];
  return preformatted === undefined ? flowText(html) : plainText(preformatted);
}

function plainText(html: string): string {
  let text = '';
  const parser = new Parser({ ontext: (part) => void (text += part) });
  parser.end(html);
  return text;
}

function flowText(html: string): string {
  let [text, hidden, pre] = ['', 0, 0];
  const breakTo = (lines: string) => {
    const kept = pre > 0 ? text : text.replace(/[ \t]+$/, '');
    const present = /\n*$/.exec(kept)?.[0].length ?? 0;
    text = kept === '' ? '' : kept + lines.slice(Math.min(present, lines.length));
  };
  const edge = (name: string) => {
    if (BLOCKS.has(name)) breakTo('\n\n');
    else if (LINES.has(name)) breakTo('\n');
  };
  const parser = new Parser({
    onopentag(name) {
      edge(name);
      if (name === 'br') text = `${text.replace(/[ \t]+$/, '')}\n`;
      if (name === 'li') text += '- ';
      if (name === 'pre') pre++;
      if (HIDDEN.has(name)) hidden++;
    },
    ontext(part) {
      if (hidden > 0) return;
      if (pre > 0) text += part;
      else {
        const flat = part.replaceAll(/[ \t\r\n]+/g, ' ');
        text += /(^|\s)$/.test(text) ? flat.replace(/^ /, '') : flat;
      }
    },
    onclosetag(name) {
      if (name === 'pre') pre--;
      edge(name);
      if (HIDDEN.has(name)) hidden--;
    },
  });
  parser.end(html);
  return text.trim();
}

/** Converts a text to HTML. `textOfHtml` restores every text exactly. */
export function htmlOfText(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const html = escaped
    .split('\n\n')
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('');
  if (text === '' || textOfHtml(html) === text) return text === '' ? '' : html;
  return `<pre>${escaped}</pre>`;
}
