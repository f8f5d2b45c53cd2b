/** The characters that may separate cells. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * Detects the delimiter from the first lines of a text. The best delimiter splits the highest number of lines into as many cells as the
 * first line.
 */
export function detectDelimiter(head: string): Delimiter {
  let best: { delimiter: Delimiter; share: number; width: number } = { delimiter: ',', share: 0, width: 1 };
  for (const delimiter of DELIMITERS) {
    const widths = widthsOf(head, delimiter);
    const [width = 1] = widths;
    if (width < 2) continue;
    const share = widths.filter((each) => each === width).length / widths.length;
    if (share > best.share || (share === best.share && width > best.width)) best = { delimiter, share, width };
  }
  return best.delimiter;
}

/**
 * Counts the cells of each record. A quote only opens a cell at the beginning of the cell, so the inch sign in `Muffe 3/4"` is a character.
 * The last record is not counted unless it is the only one, because the text may end in the middle of it.
 */
function widthsOf(head: string, delimiter: Delimiter): number[] {
  const widths: number[] = [];
  let [width, isStart, isQuoted, isEmpty] = [1, true, false, true];
  const endRecord = () => {
    if (!isEmpty) widths.push(width);
    [width, isStart, isEmpty] = [1, true, true];
  };
  for (const character of head) {
    if (isQuoted) {
      isQuoted = character !== '"'; // a doubled quote closes and opens again
      continue;
    }
    if (character === '\n' || character === '\r') {
      endRecord();
      continue;
    }
    isQuoted = character === '"' && isStart;
    isStart = character === delimiter;
    if (isStart) width++;
    isEmpty = false;
  }
  if (widths.length === 0) endRecord();
  return widths;
}
