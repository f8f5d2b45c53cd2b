import { connectionTypes, CurrencyCodeScalar, DateTimeScalar, enumOf, ForScope } from '@souk/kit/graphql';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CatalogWrite } from '../../contract.ts';
import { ROW_PROBLEM_CODES, type RowProblemCode } from '../item/given-product.ts';
import type { Encoding } from '../reading/text-encoding.ts';
import {
  DecimalMarkEnum,
  DelimiterEnum,
  FileEncodingEnum,
  ImportKindEnum,
  type DelimiterName,
  type MarkName,
} from './import-job.inputs.ts';
import type { ImportKind } from './import-job.ts';
import { IMPORT_STATUSES, type ImportStatus } from './import-job.machine.ts';

const ImportStatusEnum = enumOf(IMPORT_STATUSES);
registerEnumType(ImportStatusEnum, {
  name: 'ImportStatus',
  description:
    'UPLOADING: parts of the file are missing. QUEUED: waits for a worker. RUNNING. COMPLETED: every row was looked at. FAILED: the file cannot be read, see `failure`. CANCELED.',
});
const RowProblemCodeEnum = enumOf(ROW_PROBLEM_CODES);
registerEnumType(RowProblemCodeEnum, { name: 'ImportProblemCode' });

@ObjectType('ImportNotice', { simpleResolvers: true, description: 'A column of the file that is not imported.' })
export class ImportNoticeType {
  @Field(() => String)
  column!: string;

  @Field(() => String)
  message!: string;
}

@ObjectType('ImportFormat', { simpleResolvers: true, description: 'How the file is read.' })
export class ImportFormatType {
  @Field(() => FileEncodingEnum)
  encoding!: Encoding;

  @Field(() => DelimiterEnum)
  delimiter!: DelimiterName;

  @Field(() => DecimalMarkEnum, { nullable: true, description: 'Null: no price of the first rows shows it.' })
  decimalMark!: MarkName | null;

  @Field(() => CurrencyCodeScalar, { description: 'The currency of prices whose column names none.' })
  currencyCode!: string;
}

@ObjectType('ImportProblem', {
  simpleResolvers: true,
  description: 'The reason why a product of the file was not imported.',
})
export class ImportProblemType {
  @Field(() => Int, { description: 'The line of the file on which the row begins.' })
  line!: number;

  @Field(() => String, { nullable: true, description: 'Null: the whole row.' })
  column!: string | null;

  @Field(() => RowProblemCodeEnum)
  code!: RowProblemCode;

  @Field(() => String)
  message!: string;

  @Field(() => String, { nullable: true, description: 'The remedy.' })
  suggestion!: string | null;
}

@ObjectType('Import', { simpleResolvers: true, description: 'An import of a file. Kept for 30 days. For staff.' })
export class ImportType {
  @Field(() => ID)
  id!: string;

  @Field(() => ImportKindEnum)
  kind!: ImportKind;

  @Field(() => ImportStatusEnum)
  status!: ImportStatus;

  @Field(() => Boolean, { description: 'The counts tell what the import would do.' })
  dryRun!: boolean;

  @Field(() => String, { nullable: true })
  fileName!: string | null;

  @Field(() => Int, { description: 'Bytes of the file that have arrived.' })
  sizeBytes!: number;

  @Field(() => Int, { description: 'The part of the file that is done, in percent.' })
  progress!: number;

  @Field(() => ImportFormatType, { nullable: true, description: 'Null before the import begins.' })
  format!: ImportFormatType | null;

  @Field(() => [ImportNoticeType], { description: 'Columns that are not imported. At most 100.' })
  notices!: readonly ImportNoticeType[];

  @Field(() => Int, { description: 'Rows that are done, without the header.' })
  rowCount!: number;

  @Field(() => Int, { description: 'New products.' })
  createdCount!: number;

  @Field(() => Int, { description: 'Changed products.' })
  updatedCount!: number;

  @Field(() => Int, { description: 'Products that were as in the file already.' })
  skippedCount!: number;

  @Field(() => Int, { description: 'Products that were left out because a row has a problem.' })
  failedCount!: number;

  @Field(() => Int)
  problemCount!: number;

  @Field(() => String, { nullable: true, description: 'The reason why the file cannot be read.' })
  failure!: string | null;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @ForScope(CatalogWrite)
  @Field(() => ID, { nullable: true, description: 'The user who started the import.' })
  createdBy!: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  finishedAt!: Date | null;
}

@ObjectType('DownloadPart', {
  simpleResolvers: true,
  description: 'A part of a file. REST sends all parts as one file.',
})
export class DownloadPartType {
  @Field(() => String)
  fileName!: string;

  @Field(() => String, { description: 'The content type: "text/csv; charset=utf-8".' })
  mediaType!: string;

  @Field(() => String)
  text!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The value of `after` for the next part. Null: the end of the file.',
  })
  next!: string | null;
}

export const { ConnectionType: ImportConnection } = connectionTypes('Import', ImportType);
export const { ConnectionType: ImportProblemConnection } = connectionTypes('ImportProblem', ImportProblemType);
