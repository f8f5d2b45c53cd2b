import { IdempotentInput, IdField, IntField, NestedField, NestedListField, TextField } from '@souk/kit/graphql';
import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { ChangeInputType } from '../catalog.inputs.ts';
import { MediaFitEnum, MediaFormatEnum } from './media.types.ts';
import type { MediaFit, MediaFormat } from './media.ts';

const ALT = 'The text for people who cannot see the picture.';
/** The largest GraphQL Int. The input accepts any file size, because the service returns a better error that states the limit. */
const MAX_INT = 2_147_483_647;

@InputType('MediaUploadCreateInput')
export class MediaUploadCreateInput extends IdempotentInput {
  @TextField({ description: 'The name of the file, for people. The content decides the type.' })
  fileName!: string;

  @IntField({ min: 1, max: MAX_INT, description: 'The exact size of the file. At most 25 MiB.' })
  sizeBytes!: number;

  @TextField({ nullable: true, min: 0, description: `${ALT} In the language of the shop.` })
  alt?: string | null;
}

@InputType('MediaUploadCompleteInput')
export class MediaUploadCompleteInput extends IdempotentInput {
  @IdField()
  id!: string;
}

@InputType('FocalPointInput', { description: 'The point of a picture that stays visible when it is cropped.' })
export class FocalPointInput {
  @IntField({ min: 0, max: 100, description: 'In percent of the width, from the left.' })
  x!: number;

  @IntField({ min: 0, max: 100, description: 'In percent of the height, from the top.' })
  y!: number;
}

@InputType('MediaAltTranslationInput', { description: 'An alternative text in another language.' })
export class MediaAltTranslationInput {
  @TextField({ min: 2, max: 35, description: 'BCP 47: "de", "pt-BR".' })
  locale!: string;

  @TextField({ description: ALT })
  text!: string;
}

@InputType('MediaUpdateInput', { description: 'Omitted fields keep their value.' })
export class MediaUpdateInput extends ChangeInputType {
  @TextField({ omittable: true, min: 0, description: `${ALT} In the language of the shop.` })
  alt?: string;

  @NestedListField(() => MediaAltTranslationInput, {
    nullable: true,
    max: 100,
    description: 'The texts in all other languages. Omitted languages are removed. Null clears all.',
  })
  altTranslations?: MediaAltTranslationInput[] | null;

  @NestedField(() => FocalPointInput, {
    nullable: true,
    description: 'Makes new square variants. The earlier ones are shown until then. Null: unchanged.',
  })
  focalPoint?: FocalPointInput | null;
}

@InputType('MediaDeleteInput')
export class MediaDeleteInput extends ChangeInputType {}

@ArgsType()
export class MediaUrlArgs {
  @Field(() => MediaFormatEnum, { nullable: true, description: 'Default: WEBP.' })
  format?: MediaFormat | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The pixels at which the picture is shown. The smallest variant with as many is chosen. Default: 1280.',
  })
  width?: number | null;

  @Field(() => MediaFitEnum, { nullable: true, description: 'Default: CONTAIN.' })
  fit?: MediaFit | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The seconds after which the link ends, 1 to 604800 (a week). Default: never, so that it may be cached for ever.',
  })
  expiresInSeconds?: number | null;
}
