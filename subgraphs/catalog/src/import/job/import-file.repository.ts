import type { RequestContext } from '@souk/kit/context';
import type { CatalogUnitOfWork } from '../../database.ts';
import { findPart } from './import-job.repository.ts';

/** Reads an uploaded file part by part, so the memory does not depend on the size of the file. */
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

  get readBytes(): number {
    return this.#readBytes;
  }

  /** The first part. Empty when the file has no parts. */
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
