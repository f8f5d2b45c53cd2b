import { Button, Card, IconButton, Notice, TextField } from '@souk/ui';
import { Plus, Trash2 } from 'lucide-react';
import { useI18n } from '../../i18n/use-i18n.ts';
import type { OptionTexts } from './new-product-form.ts';
import type { NewProduct } from './use-new-product.ts';

/** The server accepts 20 options. The form allows three, because more options make the table of variants unreadable. */
const MAX_OPTIONS = 3;

/** The card with the options in which the variants of a new product differ. */
export function OptionsCard({ product: { form, change, errors } }: { readonly product: NewProduct }) {
  const { t } = useI18n();
  const { options } = form;
  const changeOption = (index: number, changes: Partial<OptionTexts>) =>
    change({ options: options.map((each, at) => (at === index ? { ...each, ...changes } : each)) });
  return (
    <Card title={t('newProduct.options')}>
      <div className="flex flex-col gap-4">
        {options.length === 0 && <p className="text-14 text-ink-3">{t('newProduct.options.none')}</p>}
        {errors['options'] && <Notice tone="bad">{errors['options']}</Notice>}
        {options.map(({ name, values }, index) => (
          <div key={index} className="flex items-start gap-2">
            <div className="grid min-w-0 flex-1 gap-4 sm:grid-cols-[minmax(8rem,1fr)_minmax(0,2fr)]">
              <TextField
                label={t('newProduct.option.name', { number: index + 1 })}
                placeholder={t('newProduct.option.nameExample')}
                value={name}
                onChange={({ target }) => changeOption(index, { name: target.value })}
              />
              <TextField
                label={t('newProduct.option.values', { number: index + 1 })}
                placeholder={t('newProduct.option.valuesExample')}
                value={values}
                onChange={({ target }) => changeOption(index, { values: target.value })}
              />
            </div>
            <IconButton
              label={t('newProduct.option.remove', { number: index + 1 })}
              className="mt-6.5"
              onClick={() => change({ options: options.toSpliced(index, 1) })}
            >
              <Trash2 aria-hidden className="size-4" strokeWidth={1.75} />
            </IconButton>
          </div>
        ))}
        {options.length < MAX_OPTIONS && (
          <Button
            size="small"
            className="self-start"
            icon={<Plus aria-hidden className="size-4" strokeWidth={1.75} />}
            onClick={() => change({ options: [...options, { name: '', values: '' }] })}
          >
            {t('newProduct.option.add')}
          </Button>
        )}
      </div>
    </Card>
  );
}
