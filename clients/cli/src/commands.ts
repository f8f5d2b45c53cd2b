import { createReadStream, createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { exitCodeOf, hasEnded, progressLine, summary, type ImportProblem, type ImportState } from './import-report.ts';
import type { SoukApi } from './souk-api.ts';

/** The destinations of a command's output: the result and the progress notes. */
export interface Output {
  readonly json: boolean;
  readonly isTerminal: boolean;
  write(text: string): void;
  /** Writes a progress note. Notes are not part of the result. */
  note(text: string): void;
}

const POLL_MS = 400;

export interface ImportOptions {
  readonly dryRun?: boolean;
  readonly wait: boolean;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly decimalMark?: string;
  readonly currency?: string;
}

/** Uploads a file and follows its import. @returns the exit code */
export async function importFile(
  api: SoukApi,
  kind: string,
  path: string,
  options: ImportOptions,
  output: Output,
): Promise<number> {
  const query = new URLSearchParams({ kind, fileName: basename(path) });
  if (options.dryRun) query.set('dryRun', 'true');
  for (const [name, value] of [
    ['encoding', options.encoding],
    ['delimiter', options.delimiter],
    ['decimalMark', options.decimalMark],
    ['currencyCode', options.currency],
  ] as const)
    if (value !== undefined) query.set(name, value.toUpperCase().replaceAll('-', '_'));
  const started = (await api.upload(`/imports?${query.toString()}`, createReadStream(path))) as ImportState;
  if (!options.wait) {
    output.write(output.json ? `${JSON.stringify(started)}\n` : `Import ${started.id} waits for a worker\n`);
    return 0;
  }
  const ended = await followed(api, started, output);
  const problems =
    ended.problemCount === 0 ? [] : ((await api.get(`/imports/${ended.id}/problems?limit=20`)) as ImportProblem[]);
  output.write(output.json ? `${JSON.stringify({ ...ended, problems })}\n` : summary(ended, problems));
  return exitCodeOf(ended);
}

async function followed(api: SoukApi, started: ImportState, output: Output): Promise<ImportState> {
  let [state, shown] = [started, ''];
  for (;;) {
    const line = progressLine(state);
    if (output.isTerminal) output.note(`\r${line.padEnd(shown.length)}`);
    else if (line !== shown) output.note(`${line}\n`);
    shown = line;
    if (hasEnded(state)) break;
    await pause(POLL_MS);
    state = (await api.get(`/imports/${state.id}`)) as ImportState;
  }
  if (output.isTerminal) output.note('\n');
  return state;
}

const FORMATS = {
  souk: ['SOUK_CSV', 'text/csv'],
  shopify: ['SHOPIFY_CSV', 'text/csv'],
  jsonl: ['JSONL', 'application/jsonl'],
} as const;
export const EXPORT_FORMATS = Object.keys(FORMATS) as (keyof typeof FORMATS)[];

/** Writes all products to a file, or to the standard output. */
export async function exportProducts(
  api: SoukApi,
  format: keyof typeof FORMATS,
  path: string | undefined,
): Promise<void> {
  const [name, accept] = FORMATS[format];
  await save(await api.download(`/exports/products?format=${name}`, accept), path);
}

/** Writes the failed rows of an import to a file, or to the standard output. */
export async function saveErrors(api: SoukApi, id: string, path: string | undefined): Promise<void> {
  await save(await api.download(`/imports/${encodeURIComponent(id)}/errors`, 'text/csv'), path);
}

async function save(file: NodeJS.ReadableStream, path: string | undefined): Promise<void> {
  if (path === undefined) await pipeline(file, process.stdout, { end: false });
  else await pipeline(file, createWriteStream(path));
}
