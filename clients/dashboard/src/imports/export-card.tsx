import type { ExportFormat } from '@souk/sdk';
import { Button, Card, Field, Notice, Select } from '@souk/ui';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { downloadExport } from './download.ts';

const FORMATS = ['SOUK_CSV', 'SHOPIFY_CSV', 'JSONL'] as const satisfies readonly ExportFormat[];
const KILO = 1000;

/** The card that downloads all products as a file. */
export function ExportCard() {
  const { t, number } = useI18n();
  const [format, setFormat] = useState<ExportFormat>('SOUK_CSV');
  const [size, setSize] = useState(0);
  const exported = useMutation({
    mutationFn: (chosen: ExportFormat) => downloadExport(chosen, setSize),
    onMutate: () => setSize(0),
  });
  return (
    <Card title={t('exports.title')}>
      <div className="flex flex-col gap-4">
        <p className="text-14 text-ink-2">{t('exports.text')}</p>
        <Field label={t('imports.format')}>
          {(control) => (
            <Select
              control={control}
              value={format}
              choices={FORMATS.map((value) => ({ value, label: t(`exports.format.${value}`) }))}
              onChange={setFormat}
            />
          )}
        </Field>
        {exported.isError && <Notice tone="bad">{exported.error.message}</Notice>}
        <div className="flex flex-wrap items-center gap-3">
          <Button
            loading={exported.isPending}
            icon={<Download aria-hidden className="size-4" strokeWidth={1.75} />}
            onClick={() => exported.mutate(format)}
          >
            {t('exports.start')}
          </Button>
          <span role="status" className="text-14 text-ink-3">
            {exported.isPending && t('exports.running', { size: number(Math.round(size / KILO)) })}
            {exported.isSuccess && t('exports.done')}
          </span>
        </div>
      </div>
    </Card>
  );
}
