import type { RequestContext } from '@souk/kit/context';
import type { CatalogUnitOfWork } from '../../database.ts';
import { findPart } from './import-job.repository.ts';

/** Reads the parts of a file one after the other, so that the memory does not depend on the size of the file. */
export class ImportFile {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #ctx: RequestContext;
  readonly #importId: string;
  #readBytes = 0;

  constructor(unitOfWork: CatalogUnitOfWork, ctx: RequestContext, importId: string) {
    this.#unitOfWork = unitOfWork;
    this.#ctx = ctx;
    this.#importId = importId;
  }

  /** Bytes that were read so far. */
  get readBytes(): number {
    return this.#readBytes;
  }

  /** The first part. */
  async head(): Promise<Uint8Array> {
    return (await this.#part(0)) ?? new Uint8Array();
  }

  async *parts(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const part = await this.#part(this.#readBytes);
      if (!part) return;
      this.#readBytes += part.length;
      yield part;
    }
  }

  #part(fromByte: number): Promise<Uint8Array | null> {
    return this.#unitOfWork.read(this.#ctx, (tx) => findPart(tx, this.#importId, fromByte));
  }
}
