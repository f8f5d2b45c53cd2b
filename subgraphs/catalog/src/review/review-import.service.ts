import { randomUUID } from 'node:crypto';
import { requireScope, type RequestContext } from '@souk/kit/context';
import { sql } from 'kysely';
import { ReviewsWrite } from '../contract.ts';
import type { CatalogUnitOfWork } from '../database.ts';
import { addToRating } from './review.repository.ts';
import { ratingChange, type ReviewText } from './review.ts';

/** A review from another system. */
export interface ImportedReview extends ReviewText {
  readonly productSlug: string;
  readonly customerId: string;
  readonly verifiedPurchase: boolean;
  readonly status: 'PENDING' | 'PUBLISHED';
  readonly submittedAt: Date;
  readonly reply: string | null;
}

/** Imports reviews for a tenant. */
export class ReviewImport {
  readonly #unitOfWork: CatalogUnitOfWork;

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * Adds reviews. A customer's second review of a product, and reviews of unknown products, are left out.
   * @throws AccessDeniedError without `reviews:write`
   */
  import(ctx: RequestContext, reviews: readonly ImportedReview[]): Promise<void> {
    requireScope(ctx, ReviewsWrite);
    const given = reviews.map((review) => ({ ...review, id: randomUUID() }));
    return this.#unitOfWork.run(ctx, async (tx) => {
      const { rows } = await sql<{ id: string; product_id: string }>`
        insert into review (id, product_id, customer_id, rating, title, body, display_name, verified_purchase, status,
                            submitted_at, published_at, reply, replied_at)
        select given.id, product.id, given."customerId", given.rating, given.title, given.body, given."displayName",
               given."verifiedPurchase", given.status, given."submittedAt",
               case when given.status = 'PUBLISHED' then given."submittedAt" end, given.reply,
               case when given.reply is not null then given."submittedAt" end
          from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (
                 id uuid, "productSlug" text, "customerId" uuid, rating integer, title text, body text, "displayName" text,
                 "verifiedPurchase" boolean, status text, "submittedAt" timestamptz, reply text)
          join product on product.tenant_id = ${tx.tenantId}::uuid and product.slug = given."productSlug" and product.deleted_at is null
        on conflict on constraint review_once do nothing
        returning id, product_id`.execute(tx.db);
      const productOf = new Map(rows.map(({ id, product_id }) => [id, product_id]));
      for (const review of given) {
        const productId = productOf.get(review.id);
        const change = ratingChange(null, review);
        if (productId !== undefined && change) await addToRating(tx, productId, change);
      }
    });
  }
}
