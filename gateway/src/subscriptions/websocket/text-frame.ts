const FINAL_TEXT = 0x81;
const ONE_BYTE_LENGTHS = 125;
const TWO_BYTE_LENGTHS = 0xffff;
const TWO_BYTES_FOLLOW = 126;
const EIGHT_BYTES_FOLLOW = 127;

/** A text frame (RFC 6455, section 5.2) whose header is written and whose content is still missing. */
export interface OpenFrame {
  readonly buffer: Buffer;
  /** The index of the content's first byte in `buffer`. */
  readonly start: number;
}

/**
 * A text frame with room for the content.
 * @param contentBytes the length of the content
 */
export function openTextFrame(contentBytes: number): OpenFrame {
  const start = headBytes(contentBytes);
  const buffer = Buffer.allocUnsafe(start + contentBytes);
  buffer[0] = FINAL_TEXT;
  if (start === 2) buffer[1] = contentBytes;
  else if (start === 4) {
    buffer[1] = TWO_BYTES_FOLLOW;
    buffer.writeUInt16BE(contentBytes, 2);
  } else {
    buffer[1] = EIGHT_BYTES_FOLLOW;
    buffer.writeBigUInt64BE(BigInt(contentBytes), 2);
  }
  return { buffer, start };
}

/** A message as JSON in one text frame. */
export function textFrame(message: unknown): Buffer {
  const text = JSON.stringify(message);
  const { buffer, start } = openTextFrame(Buffer.byteLength(text));
  buffer.write(text, start);
  return buffer;
}

function headBytes(contentBytes: number): number {
  if (contentBytes <= ONE_BYTE_LENGTHS) return 2;
  return contentBytes <= TWO_BYTE_LENGTHS ? 4 : 10;
}
