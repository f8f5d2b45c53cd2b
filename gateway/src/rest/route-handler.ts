import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RestParts } from './rest-routes.ts';
import { entityTag, hasAlready } from './entity-tag.ts';
import { envelope } from './envelope.ts';
import { linkMaker, type LinkMaker, type ShownLinks } from './links.ts';
import { pageLinks } from './page-links.ts';
import { sendRestProblem } from './problem.ts';
import { unsupportedPrecondition, variablesReader, type VariablesReader } from './request-variables.ts';
import type { RestRoute } from './rest-table.ts';
import { RouteRunner, type RouteOutcome, type RouteSuccess } from './rest-runner.ts';

/** Answers the requests of one route. What does not depend on the request is prepared when it is made. */
export class RouteHandler {
  readonly route: RestRoute;
  readonly #parts: RestParts;
  readonly #variablesOf: VariablesReader;
  readonly #runner: RouteRunner;
  readonly #linksOf: LinkMaker;
  /** Of the path's parameters, in the order in which they stand. */
  readonly #pathNames: readonly string[];

  constructor(route: RestRoute, parts: RestParts) {
    this.route = route;
    this.#parts = parts;
    this.#variablesOf = variablesReader(route);
    this.#runner = new RouteRunner(route, parts);
    this.#linksOf = linkMaker(route.links, parts.table.basePath);
    this.#pathNames = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  }

  async handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { headers, ip, method } = request;
    const unsupported = unsupportedPrecondition(this.route, headers);
    if (unsupported) return sendRestProblem(reply, unsupported);
    const variables = this.#variablesOf(this.#valuesOf(request));
    if (!variables.ok) return sendRestProblem(reply, variables.error);
    const { context } = this.#parts.callers.of(request);
    const readOnly = method === 'GET' || method === 'HEAD';
    const outcome = await this.#runner.run(
      variables.value,
      { context, transport: 'REST', address: ip, readOnly },
      { ifMatch: headers['if-match'] !== undefined },
    );
    void reply.headers(outcome.headers);
    return this.#send(request, reply, outcome);
  }

  #valuesOf({ params, query, headers, body }: FastifyRequest) {
    // Fastify's own parsers make records of texts of these.
    const given = Object.values(params as Readonly<Record<string, string>>);
    return {
      path: Object.fromEntries(this.#pathNames.map((name, index) => [name, given[index] ?? ''])),
      query: query as Readonly<Record<string, string | readonly string[]>>,
      headers,
      body,
    };
  }

  #send(request: FastifyRequest, reply: FastifyReply, outcome: RouteOutcome): FastifyReply {
    if (outcome.problem) return sendRestProblem(reply, outcome.problem);
    if (this.route.status === 204) return reply.code(204).header('cache-control', 'no-store').send();
    const links = this.#linksFor(request, outcome);
    const dataText = JSON.stringify(outcome.data);
    const meta = metaOf(outcome);
    if (this.route.method === 'GET') {
      if (isUnchanged(request, reply, outcome, `${dataText}${JSON.stringify(meta)}`)) return reply.code(304).send();
    } else this.#sayWhatCameOfIt(reply, links);
    const { errors } = outcome;
    const text = envelope(dataText, { meta, links, errors, requestId: request.id });
    return reply.code(this.route.status).type('application/json; charset=utf-8').send(text);
  }

  #linksFor(request: FastifyRequest, { data, page }: RouteSuccess): ShownLinks {
    const made = this.#linksOf(data);
    if (this.route.method !== 'GET') return made;
    return { ...made, self: { href: request.url }, ...(page && pageLinks(request.url, page)) };
  }

  #sayWhatCameOfIt(reply: FastifyReply, { self }: ShownLinks): void {
    void reply.header('cache-control', 'no-store');
    if (this.route.status === 201 && self) void reply.header('location', self.href);
  }
}

/** Sets what caches may know of a GET. An answer with parts missing is not kept, so that the next one may have them. */
function isUnchanged(request: FastifyRequest, reply: FastifyReply, outcome: RouteSuccess, text: string): boolean {
  if (outcome.page) void reply.header('link', linkHeader(pageLinks(request.url, outcome.page)));
  if (outcome.errors.length > 0) {
    void reply.header('cache-control', 'no-store');
    return false;
  }
  const tag = entityTag(text, outcome.version);
  void reply.header('etag', tag);
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'private, no-cache');
  return hasAlready(request.headers['if-none-match'], tag);
}

function metaOf({ page }: RouteSuccess): Readonly<Record<string, unknown>> | null {
  if (!page) return null;
  const { limit, cursor, total } = page;
  return { limit, cursor, ...(total !== null && { total }) };
}

function linkHeader(links: ShownLinks): string {
  return Object.entries(links)
    .map(([rel, { href }]) => `<${href}>; rel="${rel}"`)
    .join(', ');
}
