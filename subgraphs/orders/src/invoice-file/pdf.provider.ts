import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';
import { PAGE, type Measure, type Page, type TextStyle } from './page.ts';
import { escapeXml } from './xml.ts';
import { visualRuns, type Direction, type VisualRun } from './visual-runs.ts';

const { resolve } = createRequire(import.meta.url);
/**
 * The two font families, both under the SIL Open Font License 1.1. Noto Sans covers Latin, Greek, Cyrillic and currency signs. IBM Plex Sans
 * Arabic covers Arabic, with one glyph for each form of a letter. Noto Sans Arabic is not used: its letters share glyphs and differ only by
 * added dots, so text that is copied from the PDF would have wrong letters.
 */
const FONTS = {
  LATIN: resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  LATIN_BOLD: resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'),
  ARABIC: resolve('@expo-google-fonts/ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf'),
  ARABIC_BOLD: resolve('@expo-google-fonts/ibm-plex-sans-arabic/700Bold/IBMPlexSansArabic_700Bold.ttf'),
} as const;

/** The metadata of the PDF file. */
export interface PdfFacts {
  readonly title: string;
  readonly author: string;
  readonly locale: string;
  readonly direction: Direction;
  readonly createdAt: Date;
  /** Renders a PDF/A-3b with a file inside. Null: a PDF without files. */
  readonly archive: PdfArchive | null;
}

/** The parts of a PDF/A-3 that carry an electronic document. */
export interface PdfArchive {
  /** The file inside of the PDF, which has the same content as the pages. */
  readonly attachment: {
    readonly name: string;
    readonly description: string;
    readonly mediaType: string;
    readonly content: Buffer;
  };
  /** RDF descriptions that are added to the XMP metadata. */
  readonly xmp: string;
}

/**
 * Renders pages as a PDF. The same pages and metadata produce the same bytes.
 * @param layOut lays out the pages. It receives a function that measures text in the embedded fonts.
 */
export async function renderPdf(facts: PdfFacts, layOut: (measure: Measure) => readonly Page[]): Promise<Buffer> {
  const { default: Pdf } = await import('pdfkit'); // Loaded by the first invoice: only a worker needs its 30 MiB.
  const document = new Pdf({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    lang: facts.locale,
    displayTitle: true,
    info: {
      Title: facts.title,
      Author: facts.author,
      Producer: 'Souk',
      Creator: 'Souk',
      CreationDate: facts.createdAt,
    },
    font: FONTS.LATIN,
    ...(facts.archive && ARCHIVE),
  });
  if (facts.archive) attach(document, facts.archive, facts.createdAt);
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((done, fail) => {
    document.on('data', (chunk: Buffer) => void chunks.push(chunk));
    document.on('end', done);
    document.on('error', fail);
  });
  for (const page of layOut((line, style) => widthOf(document, line, facts.direction, style))) {
    document.addPage();
    for (const mark of page) {
      if (mark.kind === 'RULE') document.rect(mark.x, mark.y, mark.width, mark.height).fill(mark.color);
      else drawText(document, mark, facts.direction);
    }
  }
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

type Document = InstanceType<typeof PDFDocument>;

/** PDF/A-3 is based on PDF 1.7. */
const ARCHIVE = { subset: 'PDF/A-3b', pdfVersion: '1.7' } as const;

/** The members of pdfkit's document that its type declarations lack. */
interface MetadataWriter {
  file(content: Buffer, options: Readonly<Record<string, unknown>>): void;
  info: Record<string, unknown>;
  appendXML(xml: string): void;
  endMetadata(): void;
}

function attach(document: Document, { attachment, xmp }: PdfArchive, createdAt: Date): void {
  const { name, description, mediaType, content } = attachment;
  const writer = document as unknown as MetadataWriter;
  const times = { creationDate: createdAt, modifiedDate: createdAt };
  writer.file(content, { name, description, type: mediaType, relationship: 'Alternative', ...times });
  writer.appendXML(xmp);
  escapeMetadata(writer);
}

/** Escapes texts in the XMP metadata. pdfkit 0.20 inserts them as they are, so a title with "&" would not be XML. */
function escapeMetadata(writer: MetadataWriter): void {
  const end = writer.endMetadata.bind(writer);
  writer.endMetadata = () => {
    const entries = Object.entries(writer.info).map(([key, value]) => [
      key,
      typeof value === 'string' ? escapeXml(value) : value,
    ]);
    writer.info = Object.fromEntries(entries);
    end();
  };
}
/**
 * With an explicit empty list of features, pdfkit shapes a run in one piece. Otherwise pdfkit would shape and reorder the words of the run
 * separately.
 */
const WHOLE: PDFKit.Mixins.TextOptions = { features: [], lineBreak: false };

function widthOf(document: Document, line: string, direction: Direction, style: TextStyle): number {
  return visualRuns(line, direction).reduce((width, run) => width + runWidth(document, run, style), 0);
}

/** A cache of text widths at a font size of `UNIT` points, by font and text. The layout measures the same texts many times. */
const WIDTHS = new WeakMap<Document, Map<string, number>>();
const UNIT = 1000;

function runWidth(document: Document, run: VisualRun, { size, isBold }: TextStyle): number {
  const known = WIDTHS.get(document) ?? new Map<string, number>();
  WIDTHS.set(document, known);
  const font = fontOf(run, isBold);
  const key = `${font}\n${run.text}`;
  const width = known.get(key) ?? document.font(font).fontSize(UNIT).widthOfString(run.text, WHOLE);
  known.set(key, width);
  return (width * size) / UNIT;
}

function drawText(
  document: Document,
  { text, x, y, style }: { readonly text: string; readonly x: number; readonly y: number; readonly style: TextStyle },
  direction: Direction,
): void {
  let left = x;
  for (const run of visualRuns(text, direction)) {
    const width = runWidth(document, run, style);
    document.font(fontOf(run, style.isBold)).fontSize(style.size);
    // The fonts have different ascents. Aligning the baselines keeps mixed text on one line.
    document.fillColor(style.color).text(run.text, left, y + style.size, { ...WHOLE, baseline: 'alphabetic' });
    left += width;
  }
}

function fontOf({ font }: VisualRun, isBold: boolean): string {
  const name: keyof typeof FONTS = isBold ? `${font}_BOLD` : font;
  return FONTS[name];
}
