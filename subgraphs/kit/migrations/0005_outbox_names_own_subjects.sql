-- contraction: no code has written the subject of another subgraph since 0.0.0, the first commit
-- A subgraph publishes its own events alone: a row for another's subject is a mistake or an attack, and must not reach the bus. The
-- schema has the name of the subgraph. NOT VALID: rows that wait while this runs are not read; new rows are checked.
alter table :schema.outbox_event
  add constraint outbox_event_subject_is_own check (split_part(subject, '.', 1) = ':schema') not valid;
