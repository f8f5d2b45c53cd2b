import { TextLink } from '@souk/ui';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { useDepartments } from './use-departments.ts';

export function Footer() {
  const { t } = useI18n();
  const { name, departments } = useDepartments();
  return (
    <footer className="mt-16 border-t bg-sunken pb-16 sm:pb-0">
      <div className="mx-auto grid w-full max-w-[78rem] gap-8 px-4 py-12 sm:px-6 md:grid-cols-[1fr_2fr] lg:px-8">
        <div className="flex flex-col gap-2">
          <p className="font-serif text-18 font-semibold">{name}</p>
          <p className="max-w-[32ch] text-14 text-ink-2">{t('footer.prices')}</p>
        </div>
        <ul className="columns-2 gap-8 text-14 md:columns-3">
          {departments.map(({ slug, name: department }) => (
            <li key={slug} className="break-inside-avoid">
              <TextLink kind="plain" asChild className="block py-1.5 text-ink-2">
                <Link href={`/categories/${slug}`}>{department}</Link>
              </TextLink>
            </li>
          ))}
          <li>
            <TextLink kind="plain" asChild className="block py-1.5 text-ink-2">
              <Link href="/orders">{t('nav.orders')}</Link>
            </TextLink>
          </li>
        </ul>
      </div>
    </footer>
  );
}
