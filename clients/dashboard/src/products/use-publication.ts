import { useToast } from '@souk/ui';
import { useMutation } from '@tanstack/react-query';
import { isConflict } from '../api/refusal.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { textsOf, type ManagedProduct } from './product-form.ts';
import { readProduct, setPublished } from './save-product.ts';
import { changedFields } from './text-changes.ts';

interface Publication {
  readonly product: ManagedProduct;
  readonly isPublished: boolean;
}

/**
 * A mutation that publishes or unpublishes a product.
 * @param onChanged called after a change, to read the product again
 */
export function usePublication(onChanged: () => Promise<void>) {
  const { t } = useI18n();
  const toast = useToast();
  const publication = useMutation({
    mutationFn: ({ product, isPublished }: Publication) => setPublished(product, isPublished),
    onSuccess: async (_result, { isPublished }) => {
      await onChanged();
      toast({ text: t(isPublished ? 'product.done.published' : 'product.done.unpublished') });
    },
    onError: async (error, { product, isPublished }): Promise<void> => {
      const present = isConflict(error) ? await readProduct(product.id) : null;
      // Only data that the form does not show has changed, such as a translation, so the mutation runs again on the new
      // version.
      if (present && looksSame(product, present)) return publication.mutate({ product: present, isPublished });
      toast({ text: error.message, tone: 'bad' });
      await onChanged();
    },
  });
  return publication;
}

function looksSame(one: ManagedProduct, other: ManagedProduct): boolean {
  return one.status === other.status && changedFields(textsOf(one), textsOf(other)).length === 0;
}
