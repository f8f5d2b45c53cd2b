import { Card } from '@souk/ui';
import type { ReactNode } from 'react';
import { Page } from '../page/page.tsx';

/** The layout of an account page: a title and one form. */
export function AccountFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Page title={title}>
      <div className="mx-auto max-w-md">
        <h1 className="mb-6 font-serif text-36">{title}</h1>
        <Card className="flex flex-col gap-5 p-6">{children}</Card>
      </div>
    </Page>
  );
}
