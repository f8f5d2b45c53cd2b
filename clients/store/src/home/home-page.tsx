import { StoreHomeDocument, type StoreHomeQuery } from '@souk/sdk';
import { useOperation } from '@souk/sdk/react';
import { Button, Picture, Skeleton, TextLink } from '@souk/ui';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError } from '../page/page-states.tsx';
import { ProductGrid, ProductGridSkeleton } from '../product/product-grid.tsx';
import { MarketHall } from './market-hall.tsx';

type Home = StoreHomeQuery;

export function HomePage() {
  const { t } = useI18n();
  const { data, error, refetch } = useOperation(StoreHomeDocument);
  return (
    <>
      <title>{data?.tenant?.name ?? t('nav.home')}</title>
      <Hero />
      <div className="mx-auto flex w-full max-w-[78rem] flex-col gap-16 px-4 py-12 sm:px-6 md:gap-24 md:py-16 lg:px-8">
        {error ? <LoadError error={error} onRetry={() => void refetch()} /> : <Sections home={data} />}
      </div>
    </>
  );
}

function Hero() {
  const { t } = useI18n();
  return (
    <section className="border-b bg-sunken">
      <div className="mx-auto grid w-full max-w-[78rem] items-center md:grid-cols-2 md:gap-8 md:px-6 lg:px-8">
        <div className="order-2 flex flex-col items-start gap-4 px-4 pt-6 pb-10 sm:px-6 md:order-1 md:px-0 md:py-16">
          <h1 className="max-w-[14ch] font-serif text-36 text-balance md:text-48">{t('home.title')}</h1>
          <p className="max-w-[40ch] text-16 text-ink-2 md:text-18">{t('home.text')}</p>
          <Button kind="primary" size="large" asChild className="mt-2">
            <Link href="/products">{t('home.action')}</Link>
          </Button>
        </div>
        <MarketHall className="order-1 h-auto w-full md:order-2 md:self-end" />
      </div>
    </section>
  );
}

function Sections({ home }: { readonly home: Home | undefined }) {
  const { t } = useI18n();
  const categories = home?.categories?.nodes ?? [];
  const products = home?.products?.nodes ?? [];
  // Shows the first two collections with at least four products, because fewer products would not fill a row.
  const told = (home?.collections?.nodes ?? []).filter(({ products: { nodes } }) => nodes.length >= 4).slice(0, 2);
  if (home && categories.length === 0 && products.length === 0) return null;
  return (
    <>
      <section>
        <h2 className="mb-6 font-serif text-28">{t('home.categories')}</h2>
        {home ? <CategoryTiles categories={categories} /> : <TileSkeletons />}
      </section>
      <section>
        <div className="mb-6 flex flex-wrap items-baseline justify-between gap-4">
          <h2 className="font-serif text-28">{t('home.new')}</h2>
          <TextLink asChild>
            <Link href="/products">{t('home.newAll')}</Link>
          </TextLink>
        </div>
        {home ? <ProductGrid products={products} heading="h3" /> : <ProductGridSkeleton />}
      </section>
      {told.map((collection) => (
        <CollectionStory key={collection.id} collection={collection} />
      ))}
    </>
  );
}

function CategoryTiles({ categories }: { readonly categories: NonNullable<Home['categories']>['nodes'] }) {
  return (
    <ul className="grid grid-cols-2 gap-4 sm:grid-cols-3 sm:gap-6">
      {categories.map(({ id, slug, name, description, products }) => (
        <li key={id} className="group relative">
          <Picture
            src={products.nodes[0]?.media[0]?.url ?? null}
            alt=""
            className="aspect-[4/3] rounded-card [&_img]:transition-transform [&_img]:duration-200 motion-safe:[&_img]:group-hover:scale-[1.03]"
          />
          <h3 className="mt-3 text-16 font-medium">
            <Link href={`/categories/${slug}`} className="after:absolute after:inset-0 group-hover:underline">
              {name}
            </Link>
          </h3>
          <p className="text-14 text-ink-3">{description}</p>
        </li>
      ))}
    </ul>
  );
}

function TileSkeletons() {
  return (
    <div className="grid grid-cols-2 gap-4 sm:grid-cols-3 sm:gap-6">
      {Array.from({ length: 6 }, (_, index) => (
        <Skeleton key={index} className="aspect-[4/3] rounded-card" />
      ))}
    </div>
  );
}

function CollectionStory({ collection }: { readonly collection: NonNullable<Home['collections']>['nodes'][number] }) {
  const { t } = useI18n();
  return (
    <section className="grid gap-8 border-t pt-10 lg:grid-cols-[16rem_minmax(0,1fr)] lg:gap-12">
      <div className="flex flex-col items-start gap-3">
        <h2 className="font-serif text-28">{collection.name}</h2>
        <p className="max-w-[36ch] text-16 text-ink-2">{collection.description}</p>
        <TextLink asChild>
          <Link href={`/collections/${collection.slug}`} aria-label={`${t('home.collection')}: ${collection.name}`}>
            {t('home.collection')}
          </Link>
        </TextLink>
      </div>
      <ProductGrid products={collection.products.nodes} heading="h3" />
    </section>
  );
}
