import { Readable } from 'node:stream';

/** A stream with the same content. It fails immediately when there are more than `size` bytes, and at the end when there are fewer. */
export function exactStream(stream: Readable, size: number): Readable {
  return Readable.from(checked(stream, size), { objectMode: false });
}

async function* checked(stream: Readable, size: number): AsyncGenerator<Buffer> {
  let sent = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    sent += chunk.length;
    if (sent > size) break;
    yield chunk;
  }
  if (sent !== size)
    throw new Error(
      `The content has ${sent > size ? 'more' : 'fewer'} bytes than the announced ${size}. Send it again`,
    );
}
