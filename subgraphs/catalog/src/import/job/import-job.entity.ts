import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { ImportNotice, RowProblemCode } from '../item/given-product.ts';
import type { FileFormat, ImportKind, ImportSettings } from './import-job.ts';
import type { ImportStatus } from './import-job.machine.ts';

/** An import of a file. The columns are explained in `migrations/0009_imports.sql`. */
export const ImportJobEntity = defineEntity({
  name: 'ImportJob',
  tableName: 'import_job',
  properties: {
    ...baseColumns,
    kind: p.text().$type<ImportKind>(),
    status: p.text().$type<ImportStatus>(),
    dryRun: p.boolean(),
    fileName: p.text().nullable(),
    settings: p.json<ImportSettings>(),
    format: p.json<FileFormat>().nullable(),
    header: p.json<readonly string[]>().defaultRaw(`'[]'`),
    notices: p.json<readonly ImportNotice[]>().defaultRaw(`'[]'`),
    sizeBytes: p.bigint('number').default(0),
    readBytes: p.bigint('number').default(0),
    rowCount: p.integer().default(0),
    createdCount: p.integer().default(0),
    updatedCount: p.integer().default(0),
    skippedCount: p.integer().default(0),
    failedCount: p.integer().default(0),
    problemCount: p.integer().default(0),
    failure: p.text().nullable(),
    attempts: p.integer().default(0),
    dueAt: p.datetime().defaultRaw('now()'),
    startedAt: p.datetime().nullable(),
    finishedAt: p.datetime().nullable(),
  },
});
export type ImportJobEntity = InferEntity<typeof ImportJobEntity>;

export const ImportPartEntity = defineEntity({
  name: 'ImportPart',
  tableName: 'import_part',
  properties: {
    ...tenantColumn,
    importId: p.uuid().primary(),
    startByte: p.bigint('number').primary(),
    content: p.blob(),
  },
});

export const ImportProblemEntity = defineEntity({
  name: 'ImportProblem',
  tableName: 'import_problem',
  properties: {
    ...tenantColumn,
    importId: p.uuid().primary(),
    number: p.integer().primary(),
    line: p.integer(),
    columnName: p.text().nullable(),
    code: p.text().$type<RowProblemCode>(),
    message: p.text(),
    suggestion: p.text().nullable(),
  },
});

export const ImportFailedRowEntity = defineEntity({
  name: 'ImportFailedRow',
  tableName: 'import_failed_row',
  properties: {
    ...tenantColumn,
    importId: p.uuid().primary(),
    line: p.integer().primary(),
    cells: p.json<readonly string[]>(),
  },
});
