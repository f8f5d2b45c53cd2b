import { ImportStartDocument, type ImportKind, type ImportListQuery, type ImportStartInput } from '@souk/sdk';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted } from '../api/refusal.ts';
import { base64Of } from './import-format.ts';

/** An import as lists show it. */
export type ProductImport = NonNullable<ImportListQuery['imports']>['nodes'][number];

/** The API accepts parts of at most 512 KiB. A multiple of three bytes has no padding in Base64. */
const PART_BYTES = 384 * 1024;

export interface NewImport {
  readonly file: File;
  readonly kind: ImportKind;
  readonly dryRun: boolean;
}

/**
 * Sends a file in parts, one after the other. The server imports the file after the last part.
 * @param onProgress receives the sent share of the file, from 0 to 1
 * @returns the id of the import
 * @throws RefusalError when the server refuses the file
 */
export async function startImport(
  { file, kind, dryRun }: NewImport,
  onProgress: (share: number) => void,
): Promise<string> {
  const base = { kind, dryRun, fileName: file.name };
  let importId: string | null = null;
  let startByte = 0;
  do {
    const endByte = Math.min(startByte + PART_BYTES, file.size);
    const content = base64Of(new Uint8Array(await file.slice(startByte, endByte).arrayBuffer()));
    importId = await sendPart({ ...base, part: { importId, startByte, content, hasMore: endByte < file.size } });
    startByte = endByte;
    onProgress(file.size === 0 ? 1 : endByte / file.size);
  } while (startByte < file.size);
  return importId;
}

/** Sends one part. @returns the id of the import that the parts belong to. @throws RefusalError */
async function sendPart(part: ImportStartInput): Promise<string> {
  const input = { ...part, idempotencyKey: newIdempotencyKey() };
  const { import: started } = accepted((await souk.run(ImportStartDocument, { input })).importStart);
  if (!started) throw new Error('The server returned no import.');
  return started.id;
}
