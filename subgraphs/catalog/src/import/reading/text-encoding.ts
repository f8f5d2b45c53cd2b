import iconv from 'iconv-lite';

/** The supported encodings of files. CP858 is CP850 with the euro sign in place of the dotless i. */
export const ENCODINGS = ['UTF_8', 'UTF_16LE', 'UTF_16BE', 'WINDOWS_1252', 'CP850', 'CP858'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const NAMES: Readonly<Record<Encoding, string>> = {
  UTF_8: 'utf8',
  UTF_16LE: 'utf-16le',
  UTF_16BE: 'utf-16be',
  WINDOWS_1252: 'windows-1252',
  CP850: 'cp850',
  CP858: 'cp858',
};

/** Converts the bytes of a file to text, one part at a time. A character may be split between two parts. */
export interface TextDecoding {
  write(bytes: Uint8Array): string;
  /** Returns the characters that are still incomplete after the last part. */
  end(): string;
}

/** Starts the conversion of a file. The byte order mark is removed. Invalid bytes become U+FFFD. */
export function decoding(encoding: Encoding): TextDecoding {
  const decoder = iconv.getDecoder(NAMES[encoding], { stripBOM: true });
  return {
    write: (bytes) => decoder.write(Buffer.from(bytes)),
    end: () => decoder.end() ?? '',
  };
}

/** Converts a text to bytes. A character that the encoding does not have becomes a question mark. */
export function encoded(text: string, encoding: Encoding): Uint8Array {
  return iconv.encode(text, NAMES[encoding]);
}

/**
 * Detects the encoding of a file from its first bytes. It checks in this order: a byte order mark, the zero bytes of UTF-16, and valid
 * UTF-8.
 * Other files are WINDOWS_1252 or CP858, whichever decodes more of the bytes above 127 as letters.
 */
export function detectEncoding(head: Uint8Array): Encoding {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'UTF_8';
  if (first === 0xff && second === 0xfe) return 'UTF_16LE';
  if (first === 0xfe && second === 0xff) return 'UTF_16BE';
  return utf16Of(head) ?? (isUtf8(head) ? 'UTF_8' : singleByteOf(head));
}

/** In UTF-16, every other byte of Latin text is zero. Text in other encodings has no zero bytes. */
function utf16Of(head: Uint8Array): Encoding | null {
  let [even, odd] = [0, 0];
  for (const [index, byte] of head.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even++;
    else odd++;
  }
  if (even + odd < head.length / 4) return null;
  return odd > even ? 'UTF_16LE' : 'UTF_16BE';
}

function isUtf8(head: Uint8Array): boolean {
  try {
    // With `stream`, an incomplete character at the end of `head` is not an error.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function singleByteOf(head: Uint8Array): Encoding {
  const high = Buffer.from(head.filter((byte) => byte > 127));
  return lettersIn(high, 'CP858') > lettersIn(high, 'WINDOWS_1252') ? 'CP858' : 'WINDOWS_1252';
}

/** A score for an encoding: the number of letters and euro signs, minus the number of other characters. */
function lettersIn(bytes: Buffer, encoding: Encoding): number {
  let score = 0;
  for (const character of iconv.decode(bytes, NAMES[encoding])) score += /[\p{L}€]/u.test(character) ? 1 : -1;
  return score;
}
