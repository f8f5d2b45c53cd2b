import { useToast } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { RefusalError } from '../../api/refusal.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { pictureInput } from '../pictures.ts';
import { createProduct } from './create-product.ts';
import {
  creationInput,
  fieldOfRefusal,
  firstStock,
  problemsOf,
  type FormErrors,
  type NewProductForm,
} from './new-product-form.ts';
import { useNewPictures } from './use-new-pictures.ts';

type Status = 'DRAFT' | 'PUBLISHED';

const EMPTY: NewProductForm = {
  name: '',
  description: '',
  baseSku: null,
  categoryId: null,
  currency: 'EUR',
  options: [],
  rows: {},
};

/** State of the form for a new product, with its pictures and the messages at its fields. */
export function useNewProduct() {
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [form, setForm] = useState(EMPTY);
  const [warehouseId, setWarehouseId] = useState<string | null>(null);
  const [errors, setErrors] = useState<FormErrors>({});
  const pictures = useNewPictures();
  const create = useMutation({
    mutationFn: ({ status, warehouse }: { readonly status: Status; readonly warehouse: string | null }) => {
      const media = pictures.media.map((each) => pictureInput(each, location.origin));
      const units = firstStock(form);
      const stock =
        warehouse && units.length > 0 ? { warehouseId: warehouse, reason: t('newProduct.stock.reason'), units } : null;
      return createProduct({ ...creationInput(form, status), media }, stock);
    },
    onSuccess: async ({ id, stockProblem }, { status }) => {
      for (const key of ['products', 'stock', 'movements']) await queries.invalidateQueries({ queryKey: [key] });
      if (stockProblem !== null) toast({ text: t('newProduct.stock.problem', { message: stockProblem }), tone: 'bad' });
      else toast({ text: t(status === 'PUBLISHED' ? 'product.done.published' : 'product.done.saved') });
      go(`/products/${id}`, { replace: true });
    },
    onError: (error) => setErrors(error instanceof RefusalError ? errorsOf(error) : {}),
  });
  const submit = (status: Status, warehouse: string | null) => {
    const texts = {
      required: t('product.required'),
      price: t('newProduct.invalid.price'),
      count: t('newProduct.invalid.count'),
    };
    const problems = problemsOf(form, texts);
    setErrors(problems);
    create.reset();
    if (Object.keys(problems).length === 0) create.mutate({ status, warehouse });
  };
  // A refusal without a field of the form is shown above the form.
  const isShownAtField = create.error instanceof RefusalError && Object.keys(errors).length > 0;
  return {
    form,
    change: (changes: Partial<NewProductForm>) => setForm((present) => ({ ...present, ...changes })),
    setForm,
    warehouseId,
    setWarehouseId,
    errors,
    failure: isShownAtField ? null : create.error,
    pictures,
    submit,
    /** The status that is being saved, or null. */
    saving: create.isPending ? create.variables.status : null,
  };
}

export type NewProduct = ReturnType<typeof useNewProduct>;

function errorsOf({ refusals }: RefusalError): FormErrors {
  return Object.fromEntries(
    refusals.flatMap(({ field, message }) => {
      const name = fieldOfRefusal(field ?? []);
      return name === null ? [] : [[name, message]];
    }),
  );
}
