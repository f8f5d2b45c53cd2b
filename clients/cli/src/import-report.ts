/** An import, with the field names of the REST API. */
export interface ImportState {
  readonly id: string;
  readonly status: 'UPLOADING' | 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED';
  readonly dryRun: boolean;
  readonly progress: number;
  readonly rowCount: number;
  readonly createdCount: number;
  readonly updatedCount: number;
  readonly skippedCount: number;
  readonly failedCount: number;
  readonly problemCount: number;
  readonly failure: string | null;
  readonly notices: readonly { readonly column: string; readonly message: string }[];
}

/** A problem in one row of the imported file. */
export interface ImportProblem {
  readonly line: number;
  readonly column: string | null;
  readonly message: string;
  readonly suggestion: string | null;
}

export const hasEnded = ({ status }: ImportState) => ['COMPLETED', 'FAILED', 'CANCELED'].includes(status);

/** The exit code of an import or a dry run: 0 when it completed and no product failed, otherwise 1. */
export function exitCodeOf({ status, failedCount }: ImportState): number {
  return status === 'COMPLETED' && failedCount === 0 ? 0 : 1;
}

const BAR = 30;

/** The progress of an import as one line with a text bar. */
export function progressLine({ status, progress, rowCount }: ImportState): string {
  const filled = Math.round((progress / 100) * BAR);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${String(progress).padStart(3)} %  ${rowCount} rows  ${status.toLowerCase()}`;
}

/** The text that the command prints at the end of an import: counts, notices and problems. */
export function summary(state: ImportState, problems: readonly ImportProblem[]): string {
  const { createdCount, updatedCount, skippedCount, failedCount } = state;
  const lines = [
    ...state.notices.map(({ column, message }) => `column "${column}": ${message}`),
    ...problems.map(problemLine),
    ...(state.problemCount > problems.length && problems.length > 0
      ? [`... and ${state.problemCount - problems.length} more problems`]
      : []),
    ...(state.failure === null ? [] : [state.failure]),
    `${state.dryRun ? 'dry run, nothing is written: ' : ''}created ${createdCount}, updated ${updatedCount}, skipped ${skippedCount}, failed ${failedCount}`,
    ...(failedCount > 0 ? [`The failed rows, to mend and import again: souk errors ${state.id}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function problemLine({ line, column, message, suggestion }: ImportProblem): string {
  const place = column === null ? `line ${line}` : `line ${line}, column "${column}"`;
  return `${place}: ${message}${suggestion === null ? '' : `. ${suggestion}`}`;
}
