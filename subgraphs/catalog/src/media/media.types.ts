import { AuditedFor, AuditedType, connectionTypes, DateTimeScalar, enumOf, ForScope } from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { MediaRead, MediaWrite } from '../contract.ts';
import { errors } from '../user-errors.ts';
import type { PresentedUserError } from '@souk/kit/graphql';
import { MEDIA_TRANSITIONS, type MediaState } from './media.machine.ts';
import { MEDIA_FITS, MEDIA_FORMATS } from './media.ts';
import type { StoredMedia } from './media.repository.ts';

const STATES = Object.keys(MEDIA_TRANSITIONS) as MediaState[]; // the keys of an object literal
const MediaStatusEnum = enumOf(STATES);
registerEnumType(MediaStatusEnum, {
  name: 'MediaStatus',
  description:
    'AWAITING_UPLOAD: the file has not arrived, or was refused. PROCESSING: the variants are being made. READY: products may show it. FAILED: it cannot be read.',
});
export const MediaFormatEnum = enumOf(MEDIA_FORMATS);
registerEnumType(MediaFormatEnum, {
  name: 'MediaFormat',
  description: 'A picture with transparency has PNG instead of JPEG, every other one JPEG instead of PNG.',
});
export const MediaFitEnum = enumOf(MEDIA_FITS);
registerEnumType(MediaFitEnum, {
  name: 'MediaFit',
  description: 'CONTAIN: the whole picture. COVER: a square around the focal point.',
});

@Directive('@cost(weight: 0)')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('FocalPoint', {
  simpleResolvers: true,
  description: 'The point of a picture that stays visible when it is cropped.',
})
export class FocalPointType {
  @Field(() => Int, { description: 'In percent of the width, from the left.' })
  x!: number;

  @Field(() => Int, { description: 'In percent of the height, from the top.' })
  y!: number;
}

@Directive('@cost(weight: 0)')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('MediaSource', { simpleResolvers: true, description: 'One variant of a picture, for `srcset` in HTML.' })
export class MediaSourceType {
  @Field(() => MediaFormatEnum)
  format!: string;

  @Field(() => MediaFitEnum)
  fit!: string;

  @Field(() => Int, { description: 'In pixels.' })
  width!: number;

  @Field(() => Int, { description: 'In pixels.' })
  height!: number;

  @Field(() => String, { description: 'A signed link that never expires. Its content never changes.' })
  url!: string;
}

@Directive('@cost(weight: 0)')
@ObjectType('MediaAltTranslation', { simpleResolvers: true, description: 'An alternative text in another language.' })
export class MediaAltTranslationType {
  @Field(() => String, { description: 'BCP 47: "de", "pt-BR".' })
  locale!: string;

  @Field(() => String)
  text!: string;
}

@AuditedFor(MediaRead)
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('Media', {
  implements: AuditedType,
  simpleResolvers: true,
  description:
    'An uploaded picture with its variants. Metadata of the camera, such as its place, is not in the variants.',
})
export class MediaType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => MediaStatusEnum)
  status!: string;

  @ForScope(MediaRead)
  @Field(() => String, { nullable: true })
  fileName!: string | null;

  @ForScope(MediaRead)
  @Field(() => Int, { nullable: true, description: 'The size of the upload, which counts for the quota of the plan.' })
  sizeBytes!: number | null;

  @ForScope(MediaRead)
  @Field(() => String, { nullable: true, description: 'The type of the uploaded content. Null before it has arrived.' })
  contentType!: string | null;

  @ForScope(MediaRead)
  @Field(() => String, { nullable: true, description: 'Why the picture FAILED, with the remedy.' })
  problem!: string | null;

  @Field(() => Int, { nullable: true, description: 'The width of the uploaded picture, in pixels.' })
  width!: number | null;

  @Field(() => Int, { nullable: true, description: 'In pixels.' })
  height!: number | null;

  @Field(() => String, {
    description: 'The text for people who cannot see the picture, in the language of the request.',
  })
  alt!: string;

  @Directive('@listSize(assumedSize: 5)')
  @ForScope(MediaRead)
  @Field(() => [MediaAltTranslationType], { nullable: true })
  altTranslations!: readonly MediaAltTranslationType[] | null;

  @Field(() => FocalPointType)
  focalPoint!: FocalPointType;

  @Field(() => String, {
    nullable: true,
    description: 'A few pixels as text, to show until the picture has loaded (https://blurha.sh). Null until READY.',
  })
  blurHash!: string | null;

  /** Not a GraphQL field. The resolvers of other fields use the stored picture. */
  readonly stored!: StoredMedia;
}

@ObjectType('MediaUpload', { simpleResolvers: true, description: 'The request by which a client sends a file.' })
export class MediaUploadType {
  @Field(() => String, { description: 'The HTTP method: PUT.' })
  method!: string;

  @Field(() => String, {
    description:
      'The signed address. The body is the file, with exactly the announced size. No other header is needed.',
  })
  url!: string;

  @Field(() => DateTimeScalar, { description: 'The upload must begin before.' })
  expiresAt!: Date;
}

@ObjectType('MediaUploadCreatePayload', { simpleResolvers: true })
export class MediaUploadCreatePayload {
  @Field(() => MediaType, { nullable: true })
  media!: MediaType | null;

  @ForScope(MediaWrite)
  @Field(() => MediaUploadType, { nullable: true })
  upload!: MediaUploadType | null;

  @Field(() => [errors.UserError], { description: 'The reasons for the refusal. Empty when the mutation succeeded.' })
  userErrors!: readonly PresentedUserError[];
}

export const { ConnectionType: MediaConnection } = connectionTypes('Media', MediaType);
