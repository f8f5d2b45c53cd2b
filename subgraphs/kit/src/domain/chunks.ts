/**
 * Splits items into chunks of `size` in their order. The last chunk may be smaller. The function is lazy: it reads only the items of the
 * current chunk.
 */
export function* chunksOf<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let chunk: Item[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
