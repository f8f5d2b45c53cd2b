-- A second factor of logins: a time-based one-time password (TOTP, RFC 6238) and recovery codes.
create table accounts.mfa_factor (
  tenant_id     uuid not null default accounts.current_tenant(),
  user_id       uuid not null,
  -- The shared secret, encrypted by the service (AES-256-GCM).
  sealed_secret text not null,
  created_at    timestamptz not null default now(),
  -- Null until a first code has proven that the user's app has the secret. Until then logins need no code.
  confirmed_at  timestamptz,
  -- The time step of the latest accepted code. RFC 6238 section 5.2: a code is accepted once.
  last_step     bigint,
  primary key (tenant_id, user_id),
  constraint mfa_factor_user_fk foreign key (tenant_id, user_id) references accounts.user_account (tenant_id, id)
);
select accounts.protect_tenant_table('mfa_factor');

create table accounts.recovery_code (
  tenant_id uuid not null default accounts.current_tenant(),
  user_id   uuid not null,
  -- SHA-256 of the code, base64url. Codes have 80 random bits, so they need no slow hash.
  code_hash text not null,
  primary key (tenant_id, user_id, code_hash),
  constraint recovery_code_factor_fk foreign key (tenant_id, user_id) references accounts.mfa_factor (tenant_id, user_id)
    on delete cascade
);
select accounts.protect_tenant_table('recovery_code');
