import type { ImportKind } from '@souk/sdk';
import { Button, Card, Field, Notice, Select, Switch } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { FileDrop } from '../page/file-drop.tsx';
import { startImport, type NewImport } from './import-file.ts';
import { kindOfHeader } from './import-format.ts';

const KINDS = ['SOUK_PRODUCTS', 'SHOPIFY_PRODUCTS'] as const satisfies readonly ImportKind[];
/** The number of bytes that are read to find the header of a CSV file. */
const HEAD_BYTES = 16_384;

/** The card that starts an import: the file, its format, and whether it is a dry run. */
export function NewImportCard() {
  const { t } = useI18n();
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<ImportKind>('SOUK_PRODUCTS');
  const [dryRun, setDryRun] = useState(true);
  const { start, sent } = useStart();
  const choose = async (chosen: File) => {
    setFile(chosen);
    start.reset();
    const [header = ''] = (await chosen.slice(0, HEAD_BYTES).text()).split(/\r?\n/, 1);
    setKind(kindOfHeader(header));
  };
  return (
    <Card title={t('imports.new')}>
      <div className="flex flex-col gap-4">
        <FileDrop
          label={t('imports.choose')}
          text={file?.name ?? t('imports.drop')}
          accept=".csv,text/csv"
          disabled={start.isPending}
          onFile={(chosen) => void choose(chosen)}
        />
        <Field label={t('imports.format')} help={t('imports.format.help')}>
          {(control) => (
            <Select
              control={control}
              value={kind}
              choices={KINDS.map((value) => ({ value, label: t(`imports.kind.${value}`) }))}
              onChange={setKind}
            />
          )}
        </Field>
        <Switch checked={dryRun} onChange={setDryRun} label={t('imports.dryRun')} help={t('imports.dryRun.help')} />
        {start.isError && <Notice tone="bad">{start.error.message}</Notice>}
        {start.isPending && (
          <progress value={sent} max={1} aria-label={t('imports.sending')} className="h-1.5 w-full accent-accent" />
        )}
        <Button
          kind="primary"
          className="self-start"
          disabled={file === null}
          loading={start.isPending}
          onClick={() => file && start.mutate({ file, kind, dryRun })}
        >
          {t(dryRun ? 'imports.check' : 'imports.start')}
        </Button>
      </div>
    </Card>
  );
}

function useStart() {
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [sent, setSent] = useState(0);
  const start = useMutation({
    mutationFn: (made: NewImport) => startImport(made, setSent),
    onMutate: () => setSent(0),
    onSuccess: (id) => go(`/imports/${id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  });
  return { start, sent };
}
