-- Counts the invitations of an hour to one address.
create index message_invitations on accounts.message (tenant_id, created_at) where template = 'USER_INVITED';
