import { ImportErrorFileDocument, ProductExportDocument, type ExportFormat } from '@souk/sdk';
import { souk } from '../api/client.ts';

interface Part {
  readonly fileName: string;
  readonly mediaType: string;
  readonly text: string;
  readonly next: string | null;
}

/** Exports all products, and saves the file. @param onPart receives the number of characters that have arrived */
export function downloadExport(format: ExportFormat, onPart: (size: number) => void): Promise<void> {
  return download(async (after) => (await souk.run(ProductExportDocument, { format, after })).productExport, onPart);
}

/** Downloads the failed rows of an import, and saves them as a file. */
export function downloadErrors(id: string): Promise<void> {
  return download(
    async (after) => (await souk.run(ImportErrorFileDocument, { id, after })).importErrorFile,
    () => undefined,
  );
}

/** Reads a file part by part, and saves it. Nothing is saved when a part fails. */
async function download(
  readPart: (after: string | null) => Promise<Part | null>,
  onPart: (size: number) => void,
): Promise<void> {
  const texts: string[] = [];
  let part = await readPart(null);
  let size = 0;
  while (part !== null) {
    texts.push(part.text);
    size += part.text.length;
    onPart(size);
    const { next, fileName, mediaType } = part;
    if (next === null) return saveFile(new Blob(texts, { type: mediaType }), fileName);
    part = await readPart(next);
  }
  throw new Error('The file does not exist any more.');
}

/** Saves a file in the browser's download folder. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
