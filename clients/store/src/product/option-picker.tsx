import { classNames } from '@souk/ui';
import { useI18n } from '../i18n/use-i18n.ts';
import { choose, valueState, type Choice, type Choosable } from './variant-choice.ts';

export interface OptionPickerProps {
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly variants: readonly Choosable[];
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

/**
 * A row of buttons for each option. A value that is sold out, or that no variant combines with the other choices, is
 * struck through. The buyer can still choose it.
 */
export function OptionPicker({ options, variants, choice, onChoose }: OptionPickerProps) {
  return (
    <div className="flex flex-col gap-5">
      {options.map(({ name, values }) => (
        <fieldset key={name}>
          <legend className="mb-2 text-14 text-ink-2">
            {name}: <span className="font-medium text-ink">{choice[name]}</span>
          </legend>
          <div className="flex flex-wrap gap-2">
            {values.map((value) => (
              <OptionValueButton
                key={value}
                name={name}
                value={value}
                isChosen={choice[name] === value}
                state={valueState(variants, choice, name, value)}
                onChoose={() => onChoose(choose(variants, choice, name, value))}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

interface OptionValueButtonProps {
  readonly name: string;
  readonly value: string;
  readonly isChosen: boolean;
  readonly state: ReturnType<typeof valueState>;
  readonly onChoose: () => void;
}

function OptionValueButton({ name, value, isChosen, state, onChoose }: OptionValueButtonProps) {
  const { t } = useI18n();
  const explained = {
    available: value,
    soldOut: t('product.soldOutChoice', { value }),
    otherChoices: t('product.chooseOther', { value }),
  };
  return (
    <label
      title={explained[state]}
      className={classNames(
        'relative inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center rounded-control border px-4 text-14 transition-colors duration-150 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
        isChosen ? 'border-ink bg-ink text-paper' : 'border-line-strong bg-surface hover:border-ink',
        state !== 'available' && !isChosen && 'border-dashed text-ink-3 line-through',
      )}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={isChosen}
        aria-label={explained[state]}
        onChange={onChoose}
        className="sr-only"
      />
      {value}
    </label>
  );
}
