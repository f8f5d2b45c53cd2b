import {
  CurrencyCodeScalar,
  enumOf,
  IdempotentInput,
  IdField,
  IntField,
  NestedField,
  TextField,
} from '@souk/kit/graphql';
import { Field, InputType, registerEnumType } from 'type-graphql';
import { ENCODINGS } from '../reading/text-encoding.ts';
import { IMPORT_KINDS, MAX_FILE_BYTES, MAX_PART_BYTES, type ImportKind } from './import-job.ts';
import type { Encoding } from '../reading/text-encoding.ts';

export const ImportKindEnum = enumOf(IMPORT_KINDS);
registerEnumType(ImportKindEnum, {
  name: 'ImportKind',
  description: 'SOUK_PRODUCTS: Souk CSV. SHOPIFY_PRODUCTS: the product CSV of Shopify, of both generations.',
});

export const FileEncodingEnum = enumOf(ENCODINGS);
registerEnumType(FileEncodingEnum, { name: 'FileEncoding' });

const DELIMITER_NAMES = ['COMMA', 'SEMICOLON', 'TAB', 'PIPE'] as const;
export type DelimiterName = (typeof DELIMITER_NAMES)[number];
export const DelimiterEnum = enumOf(DELIMITER_NAMES);
registerEnumType(DelimiterEnum, { name: 'CsvDelimiter' });

const MARK_NAMES = ['POINT', 'COMMA'] as const;
export type MarkName = (typeof MARK_NAMES)[number];
export const DecimalMarkEnum = enumOf(MARK_NAMES);
registerEnumType(DecimalMarkEnum, { name: 'DecimalMark', description: 'POINT: 1,234.50. COMMA: 1.234,50.' });

/** The length of a part in Base64, which encodes three bytes in four characters. */
const MAX_BASE64 = Math.ceil(MAX_PART_BYTES / 3) * 4;

@InputType('FilePartInput', { description: 'A part of a file. Parts are sent one after the other.' })
export class FilePartInput {
  @IdField({ nullable: true, description: 'The import that the first part started. Default: this is the first part.' })
  importId?: string | null;

  @IntField({
    min: 0,
    max: MAX_FILE_BYTES,
    nullable: true,
    description: 'The number of bytes before this part. Default: 0.',
  })
  startByte?: number | null;

  @TextField({ min: 0, max: MAX_BASE64, description: 'The bytes as Base64 (RFC 4648), at most 512 KiB.' })
  content!: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether more parts follow. Default: false.' })
  hasMore?: boolean | null;
}

@InputType('ImportStartInput', {
  description: 'A file to import: as `text`, or as `part` for other encodings and for large files.',
})
export class ImportStartInput extends IdempotentInput {
  @Field(() => ImportKindEnum)
  kind!: ImportKind;

  @TextField({ nullable: true, max: MAX_PART_BYTES, description: 'The whole file, at most 512 Ki characters.' })
  text?: string | null;

  @NestedField(() => FilePartInput, { nullable: true })
  part?: FilePartInput | null;

  @TextField({ nullable: true })
  fileName?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only report what the import would do. Default: false.' })
  dryRun?: boolean | null;

  @Field(() => FileEncodingEnum, { nullable: true, description: 'Default: by the first bytes of the file.' })
  encoding?: Encoding | null;

  @Field(() => DelimiterEnum, { nullable: true, description: 'Default: by the first lines of the file.' })
  delimiter?: DelimiterName | null;

  @Field(() => DecimalMarkEnum, { nullable: true, description: 'Default: by the prices of the first rows.' })
  decimalMark?: MarkName | null;

  @Field(() => CurrencyCodeScalar, {
    nullable: true,
    description: 'The currency of prices in a file of Shopify. Default: the currency of the shop.',
  })
  currencyCode?: string | null;
}

@InputType('ImportCancelInput')
export class ImportCancelInput extends IdempotentInput {
  @IdField()
  id!: string;
}
