import { Button, Card, Combobox, Field, Skeleton, TextArea, TextField, useToast } from '@souk/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useI18n } from '../i18n/use-i18n.ts';
import type { ManagedProduct } from './product-form.ts';
import { readProduct, saveTranslation } from './save-product.ts';
import { productKey } from './use-product-form.ts';

/** The languages that staff can translate to, as BCP 47 tags. */
const LOCALES = ['ar', 'cs', 'da', 'de', 'es', 'fi', 'fr', 'it', 'ja', 'nl', 'pl', 'pt', 'pt-BR', 'sv', 'tr', 'zh'];

/** The card with the product's texts in another language, beside the original. */
export function TranslationsCard({ product }: { readonly product: ManagedProduct }) {
  const { t, language } = useI18n();
  const [locale, setLocale] = useState('de');
  const names = new Intl.DisplayNames(language, { type: 'language' });
  const found = useQuery({
    queryKey: [...productKey(product.id), 'translation', locale],
    queryFn: ({ signal }) => readProduct(product.id, { language: locale, signal }),
  });
  return (
    <Card
      title={t('product.translations')}
      aside={
        <Combobox
          label={t('product.translation.language')}
          placeholder={t('product.translation.language')}
          empty={t('products.filter.noCategory')}
          value={locale}
          choices={LOCALES.map((each) => ({ value: each, label: names.of(each) ?? each }))}
          onChange={setLocale}
          className="h-8 w-44"
        />
      }
    >
      {found.data ? (
        <TranslationForm
          key={`${locale} ${found.data.version}`}
          original={product}
          translated={found.data}
          locale={locale}
        />
      ) : (
        <Skeleton className="h-40" />
      )}
    </Card>
  );
}

interface TranslationFormProps {
  readonly original: ManagedProduct;
  readonly translated: ManagedProduct;
  readonly locale: string;
}

interface TranslationTexts {
  readonly name: string;
  readonly description: string;
}

function TranslationForm({ original, translated, locale }: TranslationFormProps) {
  const { t, language } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  // The API returns the original text when there is no translation.
  const ifTranslated = (text: string, originalText: string) => (text === originalText ? '' : text);
  const { register, handleSubmit, formState } = useForm<TranslationTexts>({
    defaultValues: {
      name: ifTranslated(translated.name, original.name),
      description: ifTranslated(translated.description, original.description),
    },
  });
  const save = useMutation({
    mutationFn: (texts: TranslationTexts) => saveTranslation(original.id, { locale, ...texts }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: productKey(original.id) });
      toast({ text: t('product.done.saved') });
    },
    onError: (error) => toast({ text: error.message, tone: 'bad' }),
  });
  const label = (text: string) => `${text} (${new Intl.DisplayNames(language, { type: 'language' }).of(locale)})`;
  return (
    <form onSubmit={handleSubmit((texts) => save.mutate(texts))} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <OriginalText label={t('product.name')} text={original.name} />
        <TextField label={label(t('product.name'))} lang={locale} dir="auto" {...register('name')} />
        <OriginalText label={t('product.description')} text={original.description} />
        <Field label={label(t('product.description'))}>
          {(control) => <TextArea {...control} rows={4} lang={locale} dir="auto" {...register('description')} />}
        </Field>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-14 text-ink-3">{t('product.translation.text')}</p>
        <Button type="submit" disabled={!formState.isDirty} loading={save.isPending}>
          {t('product.translation.save')}
        </Button>
      </div>
    </form>
  );
}

function OriginalText({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useI18n();
  return (
    <div className="text-14">
      <p className="font-medium">
        {label} <span className="font-normal text-ink-3">{t('product.translation.original')}</span>
      </p>
      <p className="mt-1.5 rounded-control bg-sunken px-3 py-2 whitespace-pre-line">{text || t('product.none')}</p>
    </div>
  );
}
