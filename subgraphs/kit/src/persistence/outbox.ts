import type { Kysely } from 'kysely';
import { actorId, isSampled, type RequestContext } from '../context/index.ts';
import type { DomainEvent } from '../contracts/index.ts';
import { fixedStatement } from './fixed-statement.ts';

// The default of the column tenant_id is the tenant of this transaction. `with ordinality` keeps the order of the events, because Postgres
// assigns `position` in the order of the inserted rows.
const appended = fixedStatement(`
  insert into outbox_event (subject, version, aggregate_id, payload, user_id, correlation_id, trace)
  select event ->> 'subject', (event ->> 'version')::int, (event ->> 'aggregate_id')::uuid, event -> 'payload', $1::uuid, $2, $3::jsonb
    from jsonb_array_elements($4::jsonb) with ordinality as appended (event, place)
   order by place`);

/** Collects the events of one unit of work, and writes them in one statement, in the transaction of the unit of work. */
export class Outbox {
  readonly #events: DomainEvent[] = [];
  #written = false;

  /** Whether events were written. In that case the relay must be woken after the commit. */
  get written(): boolean {
    return this.#written;
  }

  append(events: DomainEvent | readonly DomainEvent[]): void {
    this.#events.push(...[events].flat());
  }

  /** Writes the events. The unit of work calls this method just before the commit. */
  async flush<Schema>(db: Kysely<Schema>, ctx: RequestContext): Promise<void> {
    if (this.#events.length === 0) return;
    const rows = this.#events.map(({ subject, version, aggregateId, payload }) => ({
      subject,
      version,
      aggregate_id: aggregateId,
      payload: payload ?? null,
    }));
    // A trace that is not sampled is left out, because it would only make every event longer.
    const trace = isSampled(ctx.trace) ? JSON.stringify(ctx.trace) : null;
    await appended(db, actorId(ctx), ctx.correlationId, trace, JSON.stringify(rows));
    this.#events.length = 0;
    this.#written = true;
  }
}
