const MASK_BIT = 0x80;
const NO_MASK = Buffer.alloc(4);
const TEXT = 0x81;
const PONG = 0x8a;
const OPCODE = 0x0f;
const TWO_BYTES_FOLLOW = 126;

/** Opcodes of WebSocket frames (RFC 6455, section 5.2). */
export const OPCODES = { text: 1, ping: 9 } as const;

/** A frame that a server sent. */
export interface ServerFrame {
  readonly opcode: number;
  readonly content: Buffer;
}

/** Encodes a message as a client's text frame. RFC 6455 requires a mask, which is zero here. */
export function clientText(message: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(message));
  const length = text.length;
  const head = length < TWO_BYTES_FOLLOW ? [length] : [TWO_BYTES_FOLLOW, length >> 8, length & 0xff];
  head[0] = (head[0] ?? 0) | MASK_BIT;
  return Buffer.concat([Buffer.from([TEXT, ...head]), NO_MASK, text]);
}

export const CLIENT_PONG = Buffer.concat([Buffer.from([PONG, MASK_BIT]), NO_MASK]);

/**
 * Splits the bytes of one read into frames. The benchmark's servers write each short frame with one call, so frames
 * arrive complete.
 * @throws Error when the last frame is incomplete, because its latency would be wrong.
 */
export function framesOf(bytes: Buffer): readonly ServerFrame[] {
  const frames: ServerFrame[] = [];
  for (let at = 0; at < bytes.length;) {
    const short = bytes[at + 1] ?? 0;
    const start = at + (short === TWO_BYTES_FOLLOW ? 4 : 2);
    const end = start + (short === TWO_BYTES_FOLLOW ? bytes.readUInt16BE(at + 2) : short);
    if (short > TWO_BYTES_FOLLOW || end > bytes.length)
      throw new Error('A read ended inside a frame. Use fewer sockets, or a less busy machine.');
    frames.push({ opcode: (bytes[at] ?? 0) & OPCODE, content: bytes.subarray(start, end) });
    at = end;
  }
  return frames;
}
