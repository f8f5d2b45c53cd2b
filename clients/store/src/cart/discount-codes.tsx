import { CartDiscountCodesSetDocument, perform } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { Button, TextField } from '@souk/ui';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { outcomeText } from './discount-outcome.ts';
import { useKeepCart, type Cart } from './use-cart.ts';

/** A field for a discount code, and the list of the cart's codes. A code that does not apply shows the reason. */
export function DiscountCodes({ cart }: { readonly cart: Cart }) {
  const { t } = useI18n();
  const { http } = useSouk();
  const keepCart = useKeepCart();
  const textOf = useProblemText();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const [isSaving, setSaving] = useState(false);
  const codes = cart.discountCodes.map(({ code }) => code);

  const save = async (next: readonly string[]) => {
    setSaving(true);
    const input = { cartId: cart.id, codes: next };
    const outcome = await perform(http, CartDiscountCodesSetDocument, { input });
    setSaving(false);
    if (outcome.kind !== 'done' || !outcome.payload.cart) return setProblem(textOf(outcome));
    keepCart(outcome.payload.cart);
    setTyped('');
    return setProblem(undefined);
  };

  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') void save([...codes, typed.trim()]);
      }}
    >
      <div className="flex items-start gap-2">
        <TextField
          label={t('discount.label')}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          error={problem}
          maxLength={50}
          autoComplete="off"
          fieldClassName="min-w-0 flex-1"
        />
        <Button type="submit" loading={isSaving} className="mt-[1.6875rem]">
          {t('discount.apply')}
        </Button>
      </div>
      <ul aria-live="polite" className="flex flex-col gap-1 empty:hidden">
        {cart.discountCodes.map(({ code, applied, outcome }) => (
          <li
            key={code}
            className={`flex items-center justify-between gap-2 text-14 ${applied ? 'text-good' : 'text-warn'}`}
          >
            {t(outcomeText(outcome), { code })}
            <button
              type="button"
              aria-label={t('discount.remove', { code })}
              onClick={() => void save(codes.filter((other) => other !== code))}
              className="grid size-8 shrink-0 place-items-center rounded-control hover:bg-hover"
            >
              <X aria-hidden className="size-4" strokeWidth={1.75} />
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}
