-- W3C Trace Context of what caused an event: {"traceparent": ..., "tracestate": ...}; null when nobody records it.
alter table :schema.outbox_event add column trace jsonb;
