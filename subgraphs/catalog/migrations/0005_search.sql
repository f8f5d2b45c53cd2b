-- The search index. Row-level security keeps Postgres from using GIN indexes, because the operators of text search are not leakproof. So the
-- application role reaches search_document and search_word by the functions below only. They take the tenant from the transaction.

-- One row for each language of the shop: everything by which a product is found, filtered, counted and sorted.
create table search_document (
  tenant_id      uuid not null,
  language       text not null,
  product_id     uuid not null,
  is_published   boolean not null,
  -- Made by the tokenizer of the application. The lexeme `<tenant>~<language>` narrows the index to the documents of one search.
  words          tsvector not null,
  sort_name      text not null,
  listed_at      timestamptz not null,
  in_stock       boolean not null,
  -- The lowest price in the default currency, and by currency, in minor units.
  price_minor    bigint,
  prices         jsonb not null,
  collection_ids uuid[] not null,
  -- What the filters count: `category:<id>`, `stock:in`, `price:<lower bound>`, `attribute:<code>:<value>`.
  facets         text[] not null,
  primary key (tenant_id, language, product_id)
);
-- Rows stay in one piece: a search reads nearly all columns of every match.
alter table search_document set (toast_tuple_target = 8160);
create index search_document_product on search_document (tenant_id, product_id);
create index search_document_words on search_document using gin (words);

-- The words of published products, for corrections and suggestions. A word that no product has any more stays until the next rebuild, and is not shown.
create table search_word (
  tenant_id uuid not null,
  language  text not null,
  -- Without case and accents.
  word      text not null collate "C",
  -- As people write it.
  display   text not null,
  -- The lexeme by which documents contain it.
  form      text not null,
  primary key (tenant_id, language, word)
);
create index search_word_similar on search_word using gin (word public.gin_trgm_ops);

revoke all on search_document, search_word from catalog_app;

create table search_settings (
  tenant_id  uuid not null default current_tenant() primary key,
  -- The languages of the documents beside the default language.
  languages  text[] not null default '{}',
  -- [[phrase, phrase, ...], ...]: groups of phrases with one meaning.
  synonyms   jsonb not null default '[]' check (jsonb_typeof(synonyms) = 'array')
);

-- Products whose documents are outdated. A change of a product adds a row; rows are never updated, so that changes never wait for the indexer.
create table search_pending (
  tenant_id   uuid not null default current_tenant(),
  id          bigint generated always as identity,
  product_id  uuid not null,
  marked_at   timestamptz not null default now(),
  primary key (tenant_id, id)
);

create policy search_is_filled on product for select to current_user using (true);
insert into search_pending (tenant_id, product_id) select tenant_id, id from product where deleted_at is null;
drop policy search_is_filled on product;

do $$ begin
  perform protect_tenant_table('search_settings');
  perform protect_tenant_table('search_pending');
end $$;

-- Tenants with outdated documents: ids alone leave the function.
create policy indexer_reads on search_pending for select to catalog_owner using (true);
create function due_search_documents(batch integer) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = catalog, pg_temp as $$
  select distinct search_pending.tenant_id, search_pending.tenant_id from search_pending limit batch
$$;

-- The lexeme of all documents of the tenant in a language.
create function search_scope(p_language text) returns text
  language sql stable set search_path = catalog, pg_temp as $$
  select current_tenant()::text || '~' || p_language
$$;

-- Replaces all documents of products. A product without a document in p_documents is not found any more.
create function search_replace(p_products uuid[], p_documents jsonb, p_words jsonb) returns void
  language plpgsql security definer set search_path = catalog, pg_temp as $$
begin
  delete from search_document where tenant_id = current_tenant() and product_id = any(p_products);
  insert into search_document
  select current_tenant(), d.language, d.product_id, d.is_published,
         (d.words || ' ''' || search_scope(d.language) || '''')::tsvector,
         d.sort_name, d.listed_at, d.in_stock, d.price_minor, d.prices, d.collection_ids, d.facets
    from jsonb_to_recordset(p_documents) as d (language text, product_id uuid, is_published boolean, words text, sort_name text,
           listed_at timestamptz, in_stock boolean, price_minor bigint, prices jsonb, collection_ids uuid[], facets text[]);
  insert into search_word
  select current_tenant(), w.language, w.word, w.display, w.form
    from jsonb_to_recordset(p_words) as w (language text, word text, display text, form text)
  on conflict do nothing;
end $$;

-- Removes what no product stands behind: the documents of other languages, and all words. The documents of products follow by search_replace.
create function search_clear(p_languages text[]) returns void
  language sql security definer set search_path = catalog, pg_temp as $$
  delete from search_document where tenant_id = current_tenant() and language <> all(p_languages);
  delete from search_word where tenant_id = current_tenant();
$$;

/*
 The products that match, with the counts of the filters.
 p_words     a tsquery over the words of the application, or null for all products
 p_wanted    [{kind, values}]: for each kind of facet the accepted values; a price as {kind: 'price:', currency, min, max}
 p_sort      RELEVANCE, NEWEST, PRICE_ASC, PRICE_DESC, NAME_ASC or NAME_DESC
 p_after     [number, text, product] of the last product of the previous page, or null
 Rows: `product` with id, sort number and sort text; `total`; `facet` with its number of products. A facet counts the products that match all
 other kinds of filters, so that a buyer sees what choosing another value would find. Products with the same values are counted once, together.
*/
create function search_products(p_language text, p_words text, p_drafts boolean, p_collection uuid, p_wanted jsonb, p_sort text,
                                p_after text[], p_limit integer, p_counts boolean)
  returns table (kind text, value text, number bigint, sort_text text)
  language plpgsql stable security definer set search_path = catalog, pg_temp set work_mem = '64MB' set jit = off as $$
declare
  query tsquery := p_words::tsquery;
  scoped tsquery := quote_literal(search_scope(p_language))::tsquery;
  -- The condition of each kind of p_wanted, and the kinds. Literals are quoted by format.
  conditions text[] := array(
    select case when w.currency is null then format('d.facets && %L::text[]', w."values"::text)
                else format('coalesce((d.prices ->> %L)::bigint between %s and %s, false)', w.currency, w.min, w.max) end
      from jsonb_to_recordset(p_wanted) as w (kind text, "values" text[], currency text, min bigint, max bigint));
  kinds text[] := array(select w ->> 'kind' from jsonb_array_elements(p_wanted) w);
  -- The kind whose condition alone does not hold: '' when all hold, null when several do not.
  missing text := '''''::text';
  ordered text := 'number, ' || case p_sort when 'NAME_DESC' then 'sort_text desc, ' when 'NAME_ASC' then 'sort_text, ' else '' end || 'product_id';
  number text := case p_sort
    when 'NEWEST' then '-(extract(epoch from d.listed_at) * 1000000)::bigint'
    when 'PRICE_ASC' then 'coalesce(d.price_minor, 9007199254740991)'
    when 'PRICE_DESC' then '-coalesce(d.price_minor, -1)'
    when 'NAME_ASC' then '0::bigint'
    when 'NAME_DESC' then '0::bigint'
    else case when query is null then '-(extract(epoch from d.listed_at) * 1000000)::bigint'
      else '-(ts_rank(''{0.1, 0.3, 0.5, 1}'', d.words, $2) * 1000000 * case when d.in_stock then 1.25 else 1 end)::bigint' end
  end;
begin
  if cardinality(kinds) > 0 then
    missing := 'case when ' || array_to_string(conditions, ' and ') || ' then '''''
      || (select string_agg(format(' when %s then %L', coalesce(nullif(array_to_string(
             conditions[:at - 1] || conditions[at + 1:], ' and '), ''), 'true'), kinds[at]), '')
            from generate_subscripts(kinds, 1) at) || ' end';
  end if;
  return query execute '
    with matched as materialized (
      select d.product_id, d.facets, ' || number || ' as number, ' || missing || ' as missing,
             ' || case when p_sort like 'NAME%' then 'd.sort_name' else '''''::text' end || ' as sort_text
        from search_document d
       where d.tenant_id = $1 and d.language = $3 and d.words @@ $4 and ($5 or d.is_published)
         ' || case when p_collection is null then '' else 'and d.collection_ids @> array[$10]' end || '
    )
    select ''product'', product_id::text, number, sort_text from (
      select product_id, number, sort_text from matched
       where missing = ''''
        ' || case when p_after is null then '' else 'and (number > $6[1]::bigint or number = $6[1]::bigint
             and (sort_text ' || case p_sort when 'NAME_DESC' then '<' else '>' end || ' $6[2]
                  or sort_text = $6[2] and product_id > $6[3]::uuid))' end || '
       order by ' || ordered || ' limit $7) page
    ' || case when not p_counts then '' else '
    union all
    select ''total'', '''', count(*), '''' from matched where missing = ''''
    union all
    (select ''facet'', facet, sum(products)::bigint, ''''
       from (select facets, missing, count(*) as products from matched where missing is not null group by facets, missing) alike,
            unnest(facets) facet
      where missing = '''' or starts_with(facet, missing)
      group by facet
      order by facet = any($8) desc, sum(products) desc, facet limit $9)' end
  using current_tenant(), query, p_language, case when query is null then scoped else scoped && query end, p_drafts,
    p_after, p_limit, array(select jsonb_array_elements_text(w -> 'values') from jsonb_array_elements(p_wanted) w), 1000, p_collection;
end $$;

-- Whether any product of the tenant matches, before all filters.
create function search_matches(p_language text, p_words text, p_drafts boolean) returns boolean
  language sql stable security definer set search_path = catalog, pg_temp as $$
  select exists (
    select from search_document d
     where d.tenant_id = current_tenant() and d.language = p_language and (p_drafts or d.is_published)
       and d.words @@ (quote_literal(search_scope(p_language))::tsquery && p_words::tsquery))
$$;

-- Words of published products that resemble misspelled words, the most similar first.
create function search_similar_words(p_language text, p_words text[], p_limit integer)
  returns table (misspelled text, word text, display text, form text)
  language sql stable security definer set search_path = catalog, pg_temp set pg_trgm.similarity_threshold = 0.15 as $$
  select misspelled, similar_word.word, similar_word.display, similar_word.form
    from unnest(p_words) misspelled,
         lateral (select w.word, w.display, w.form from search_word w
                   where w.tenant_id = current_tenant() and w.language = p_language and w.word operator(public.%) misspelled
                   order by public.similarity(w.word, misspelled) desc, w.word limit p_limit) similar_word
   where search_matches(p_language, quote_literal(similar_word.form), false)
$$;

-- Words of published products that begin with a text.
create function search_words_from(p_language text, p_prefix text, p_limit integer) returns table (display text)
  language sql stable security definer set search_path = catalog, pg_temp as $$
  select w.display from search_word w
   where w.tenant_id = current_tenant() and w.language = p_language
     and w.word >= p_prefix and w.word < p_prefix || U&'\+10FFFF'
     and search_matches(p_language, quote_literal(w.form), false)
   order by length(w.word), w.word limit p_limit
$$;

revoke execute on function due_search_documents, search_scope, search_replace, search_clear, search_products, search_matches,
  search_similar_words, search_words_from from public;
grant execute on function due_search_documents, search_scope, search_replace, search_clear, search_products, search_matches,
  search_similar_words, search_words_from to catalog_app;
