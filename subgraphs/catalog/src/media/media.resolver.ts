import type { RequestContext } from '@souk/kit/context';
import { failure, type Failure, type Result } from '@souk/kit/domain';
import { ForScope, PageArgs, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { MediaRead, MediaWrite } from '../contract.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import { respond } from '../user-errors.ts';
import {
  MediaDeleteInput,
  MediaUpdateInput,
  MediaUploadCompleteInput,
  MediaUploadCreateInput,
  MediaUrlArgs,
} from './media.inputs.ts';
import { presentMedia, updateOf } from './media.presenter.ts';
import type { MediaReader } from './media-reader.service.ts';
import type { MediaService } from './media.service.ts';
import { chooseVariant, type MediaFit, type MediaVariant } from './media.ts';
import { MediaConnection, MediaFitEnum, MediaSourceType, MediaType, MediaUploadCreatePayload } from './media.types.ts';

const MediaUploadCompletePayload = entityPayload('MediaUploadComplete', 'media', MediaType);
const MediaUpdatePayload = entityPayload('MediaUpdate', 'media', MediaType);
const MediaDeletePayload = deletePayload('MediaDelete');
const WEEK_S = 7 * 24 * 60 * 60;

@Resolver(() => MediaType)
export class MediaResolver {
  readonly #service: MediaService;
  readonly #reader: MediaReader;

  constructor(service: MediaService, reader: MediaReader) {
    this.#service = service;
    this.#reader = reader;
  }

  @ForScope(MediaRead)
  @Query(() => MediaConnection, { nullable: true, description: 'The uploaded pictures of the shop, the newest first.' })
  async mediaList(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#reader.page(ctx, page)), (each) => presentMedia(ctx, each));
  }

  @ForScope(MediaRead)
  @Query(() => MediaType, { nullable: true, description: 'Returns an uploaded picture by its id.' })
  async media(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    const found = await this.#reader.find(ctx, requireId('id', id));
    return found && presentMedia(ctx, found);
  }

  @FieldResolver(() => String, { nullable: true, description: 'A signed link to a variant. Null until READY.' })
  async url(@Root() { stored }: MediaType, @Args(() => MediaUrlArgs) args: MediaUrlArgs) {
    const { format, width, fit, expiresInSeconds } = args;
    const wish = { format: format ?? 'WEBP', fit: fit ?? 'CONTAIN', width: width ?? 1280 } as const;
    const variant = chooseVariant(stored.variants, wish);
    return variant && this.#reader.urlOf(variant, valueOrThrow(lifetimeOf(expiresInSeconds ?? null)));
  }

  @Directive('@listSize(assumedSize: 18)')
  @FieldResolver(() => [MediaSourceType], {
    description: 'All variants with one fit, at most 18, by width. Empty until READY.',
  })
  async sources(
    @Root() { stored }: MediaType,
    @Arg('fit', () => MediaFitEnum, { nullable: true, description: 'Default: CONTAIN.' }) fit: MediaFit | null,
  ) {
    const wanted = stored.variants.filter((each) => each.fit === (fit ?? 'CONTAIN'));
    const sources = await Promise.all(wanted.map((each) => this.#source(each)));
    return sources.filter((each) => each !== null);
  }

  @ForScope(MediaWrite)
  @Mutation(() => MediaUploadCreatePayload, {
    nullable: true,
    description: 'Begins the upload of a picture. Send the file to the URL, then call mediaUploadComplete.',
  })
  async mediaUploadCreate(
    @Arg('input', () => MediaUploadCreateInput) input: MediaUploadCreateInput,
    @Ctx() ctx: RequestContext,
  ) {
    const created = await respond(
      input,
      () => this.#service.create(ctx, input),
      (id) => ({ id }),
    );
    const stored = 'id' in created ? await this.#reader.changed(ctx, created.id) : null;
    const upload = stored && (await this.#service.ticket(ctx, stored));
    return { media: stored && presentMedia(ctx, stored), upload, userErrors: created.userErrors };
  }

  @ForScope(MediaWrite)
  @Mutation(() => MediaUploadCompletePayload, {
    nullable: true,
    description: 'Checks an uploaded file, and makes its variants. A refused file may be sent again to the same URL.',
  })
  mediaUploadComplete(
    @Arg('input', () => MediaUploadCompleteInput) input: MediaUploadCompleteInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#service.complete(ctx, input));
  }

  @ForScope(MediaWrite)
  @Mutation(() => MediaUpdatePayload, {
    nullable: true,
    description: 'Changes the alternative texts and the focal point of a picture.',
  })
  mediaUpdate(@Arg('input', () => MediaUpdateInput) input: MediaUpdateInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#service.update(ctx, updateOf(input)));
  }

  @ForScope(MediaWrite)
  @Mutation(() => MediaDeletePayload, { nullable: true, description: 'Deletes a picture that no product shows.' })
  mediaDelete(@Arg('input', () => MediaDeleteInput) input: MediaDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#service.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<Result<string, Failure>>) {
    return respond(input, work, (id) => ({ media: this.#changed(ctx, id) }));
  }

  /** Reads the changed picture for the payload, after the mutation has committed. */
  async #changed(ctx: RequestContext, id: string) {
    const found = await this.#reader.changed(ctx, id);
    return found && presentMedia(ctx, found);
  }

  async #source(variant: MediaVariant): Promise<MediaSourceType | null> {
    const url = await this.#reader.urlOf(variant, null);
    const { format, fit, pixelWidth: width, pixelHeight: height } = variant;
    return url === null ? null : { format, fit, width, height, url };
  }
}

function lifetimeOf(seconds: number | null): Result<number | null, Failure> {
  if (seconds === null || (seconds >= 1 && seconds <= WEEK_S)) return { ok: true, value: seconds };
  return { ok: false, error: failure('INVALID_INPUT', `expiresInSeconds is from 1 to ${WEEK_S}`) };
}
