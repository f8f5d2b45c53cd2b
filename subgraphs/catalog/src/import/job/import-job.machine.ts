import { defineTransitions } from '@souk/kit/domain';

export const IMPORT_STATUSES = ['UPLOADING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** The lifecycle of an import. COMPLETED: every row was read, and some products may have failed. FAILED: the file cannot be read. */
export const IMPORT_TRANSITIONS = defineTransitions<ImportStatus>('UPLOADING', {
  UPLOADING: ['QUEUED', 'CANCELED'],
  QUEUED: ['RUNNING', 'CANCELED'],
  RUNNING: ['COMPLETED', 'FAILED', 'CANCELED'],
  COMPLETED: [],
  FAILED: [],
  CANCELED: [],
});
