-- Links in mails by which a shopper proves an e-mail address: to open an account, to choose a new password, and to log in.
create table accounts.account_link (
  tenant_id  uuid not null default accounts.current_tenant(),
  id         uuid not null,
  purpose    text not null check (purpose in ('REGISTRATION', 'PASSWORD_RESET', 'LOGIN')),
  -- SHA-256 of the token, base64url. A reader of the table cannot compute the token.
  token_hash text not null,
  email      text not null check (length(email) between 3 and 254),
  -- The address in the form in which links are counted.
  email_key  text not null check (length(email_key) between 3 and 508),
  name       text not null default '' check (length(name) <= 255),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at    timestamptz,
  primary key (tenant_id, id),
  constraint account_link_token unique (tenant_id, token_hash)
);
select accounts.protect_tenant_table('account_link');
create index account_link_by_email on accounts.account_link (tenant_id, email_key, created_at);
create index account_link_expired on accounts.account_link (expires_at);

-- The clean-up works for all tenants at once. A link still counts for the limit of its mailbox during an hour.
create policy cleanup_reads on accounts.account_link for select to accounts_owner using (true);
create policy cleanup_deletes on accounts.account_link for delete to accounts_owner using (true);
create function accounts.delete_expired_links(batch integer) returns bigint
  language sql volatile security definer set search_path = accounts, pg_temp as $$
  with deleted as (
    delete from account_link where ctid = any (array(
      select ctid from account_link where expires_at < now() - interval '1 hour'
       order by expires_at limit batch))
    returning 1)
  select count(*) from deleted
$$;
revoke execute on function accounts.delete_expired_links from public;
grant execute on function accounts.delete_expired_links to accounts_app;
