import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MadeResponse } from '../caching/response-cache.ts';
import { sendPublicHeaders } from '../http/public-answer.ts';
import { afterAnswer } from '../http/after-answer.ts';
import type { OperationCall } from '../operations/operation-call.ts';
import { entityTag, hasAlready } from '../http/entity-tag.ts';
import { envelope, envelopeHead } from './envelope.ts';
import { Readable } from 'node:stream';
import { sendBytes } from './bytes-answer.ts';
import { sendFile, wantsFile } from './file-answer.ts';
import { uploadFields, uploadParts } from './file-upload.ts';
import { acceptsJson } from '../http/accept.ts';
import { linkMaker, type LinkMaker } from './links.ts';
import { pageLinks } from './page-links.ts';
import { sendRestProblem, type RestProblem } from '../http/problem.ts';
import { unsupportedPrecondition, variablesReader, type VariablesReader } from './request-variables.ts';
import type { RestDependencies } from './rest-routes.ts';
import type { RestRoute } from './rest-table.ts';
import { RouteRunner, type RouteOutcome, type RouteSuccess } from './rest-runner.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers the requests of one route. Everything that does not depend on a request is compiled in the constructor. */
export class RouteHandler {
  readonly route: RestRoute;
  readonly #dependencies: RestDependencies;
  readonly #variablesOf: VariablesReader;
  readonly #runner: RouteRunner;
  readonly #linksOf: LinkMaker;
  /** The names of the parameters in the path, in order. Fastify calls them `p0`, `p1`. */
  readonly #pathNames: readonly string[];

  constructor(route: RestRoute, dependencies: RestDependencies) {
    this.route = route;
    this.#dependencies = dependencies;
    this.#variablesOf = variablesReader(route);
    this.#runner = new RouteRunner(route, dependencies);
    this.#linksOf = linkMaker(route.links, dependencies.table.basePath);
    this.#pathNames = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  }

  async handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const unsupported = unsupportedPrecondition(this.route, request.headers);
    if (unsupported) return sendRestProblem(reply, unsupported);
    if (request.body instanceof Readable) return this.#upload(request, reply, request.body);
    const variables = this.#variablesOf(this.#valuesOf(request));
    if (!variables.ok) return sendRestProblem(reply, variables.error);
    if (this.route.answer.file && wantsFile(request.headers.accept) && !acceptsJson(request.headers.accept))
      return sendFile(reply, (after) =>
        this.#run(request, reply, { ...variables.value, ...(after !== null && { after }) }),
      );
    const { bytes } = this.route.answer;
    if (bytes !== undefined) return this.#sendBytes(bytes, request, reply, variables.value);
    return this.route.method === 'GET'
      ? this.#show(request, reply, variables.value)
      : this.#change(request, reply, variables.value);
  }

  #valuesOf({ params, query, headers, body }: FastifyRequest) {
    // The cast is safe, because Fastify's parsers return records of strings.
    const given = Object.values(params as Readonly<Record<string, string>>);
    return {
      path: Object.fromEntries(this.#pathNames.map((name, index) => [name, given[index] ?? ''])),
      query: query as Readonly<Record<string, string | readonly string[]>>,
      headers,
      body,
    };
  }

  /** Runs the operation, and sets the headers that its guards return, such as rate limits. */
  async #run(request: FastifyRequest, reply: FastifyReply, variables: Variables): Promise<RouteOutcome> {
    const ifMatch = request.headers['if-match'] !== undefined;
    const outcome = await this.#runner.run(variables, this.#callOf(request, reply), { ifMatch });
    void reply.headers(outcome.admitted?.headers ?? {});
    return outcome;
  }

  #callOf(request: FastifyRequest, reply: FastifyReply): OperationCall {
    const { context } = this.#dependencies.callers.of(request);
    return {
      context,
      transport: 'REST',
      address: request.clientAddress,
      readOnly: this.route.method === 'GET',
      wantsPlan: false,
      afterAnswer: afterAnswer(reply),
    };
  }

  async #show(request: FastifyRequest, reply: FastifyReply, variables: Variables): Promise<FastifyReply> {
    const { responses, pipeline } = this.#dependencies;
    let problem: RestProblem | null = null;
    const call = this.#callOf(request, reply);
    const make = async (): Promise<MadeResponse> => {
      const outcome = await this.#run(request, reply, variables);
      problem = outcome.problem;
      if (outcome.problem) return { body: '', kept: null };
      const body = this.#shownText(request.url, outcome, call);
      const kept = outcome.admitted && outcome.errors.length === 0 ? { body, admitted: outcome.admitted } : null;
      return { body, kept };
    };
    const asked = ['REST', pipeline.generation, request.url, variables];
    const { body, etag, headers } = await responses.answer(call, asked, make);
    if (problem) return sendRestProblem(reply, problem);
    if (etag === null) void reply.header('cache-control', 'private, no-cache');
    else sendPublicHeaders(reply, withoutVary(headers));
    return sendShown(request, reply, body);
  }

  /** Sends the bytes of a file. The answer is private to this caller. */
  async #sendBytes(
    mediaType: string,
    request: FastifyRequest,
    reply: FastifyReply,
    variables: Variables,
  ): Promise<FastifyReply> {
    const outcome = await this.#run(request, reply, variables);
    if (outcome.problem) return sendRestProblem(reply, outcome.problem);
    return sendBytes(reply, mediaType, outcome.data);
  }

  /** The text that the cache stores for an answer. Its three lines are the entity tag, the `Link` header and the envelope. */
  #shownText(url: string, { data, page, version, errors }: RouteSuccess, { context }: OperationCall): string {
    const ofPage = page && pageLinks(url, page);
    const links = { ...this.#linksOf(data, context.actor), self: { href: url }, ...ofPage };
    const head = envelopeHead(data, { meta: metaOf(page), links, errors });
    const tag = errors.length === 0 ? entityTag(head, version) : '';
    return `${tag}\n${ofPage ? linkHeader(ofPage) : ''}\n${head}`;
  }

  /** Sends a file in the request body to the operation, part by part. */
  async #upload(request: FastifyRequest, reply: FastifyReply, body: Readable): Promise<FastifyReply> {
    const { file, variable } = this.route.body ?? {};
    if (!file || !variable) throw new TypeError('The route takes no file');
    const input = uploadFields(file, this.#valuesOf(request));
    if (!input.ok) return sendRestProblem(reply, input.error);
    const run = (part: Variables) => this.#run(request, reply, { [variable]: part });
    return this.#answerChange(request, reply, await uploadParts(body, input.value, run, file));
  }

  async #change(request: FastifyRequest, reply: FastifyReply, variables: Variables): Promise<FastifyReply> {
    return this.#answerChange(request, reply, await this.#run(request, reply, variables));
  }

  #answerChange(request: FastifyRequest, reply: FastifyReply, outcome: RouteOutcome): FastifyReply {
    if (outcome.problem) return sendRestProblem(reply, outcome.problem);
    const { data, page, version, errors } = outcome;
    void reply.code(this.route.status).header('cache-control', 'no-store');
    if (this.route.status === 204) return reply.send();
    const links = this.#linksOf(data, this.#dependencies.callers.of(request).context.actor);
    if (this.route.status === 201 && links['self']) void reply.header('location', links['self'].href);
    const head = envelopeHead(data, { meta: metaOf(page), links, errors });
    if (isWhole(this.route) && version !== null && errors.length === 0) {
      void reply.header('etag', entityTag(head, version));
    }
    return reply.type(JSON_TYPE).send(envelope(head, request.id));
  }
}

/**
 * Whether the answer is the object at the route's path, which PUT and PATCH change. The client may then send the answer's version in its
 * next `If-Match`.
 */
function isWhole({ method }: RestRoute): boolean {
  return method === 'PUT' || method === 'PATCH';
}

type Variables = Readonly<Record<string, unknown>>;

/** Sends an answer. An answer with missing fields has no entity tag, because the next answer may have the fields. */
function sendShown(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
  const tagEnd = text.indexOf('\n');
  const linkEnd = text.indexOf('\n', tagEnd + 1);
  const tag = text.slice(0, tagEnd);
  const link = text.slice(tagEnd + 1, linkEnd);
  if (link !== '') void reply.header('link', link);
  if (tag === '') return sendEnvelope(request, reply.header('cache-control', 'no-store'), text.slice(linkEnd + 1));
  void reply.header('etag', tag);
  if (hasAlready(request.headers['if-none-match'], tag)) return reply.code(304).send();
  return sendEnvelope(request, reply, text.slice(linkEnd + 1));
}

function sendEnvelope({ id }: FastifyRequest, reply: FastifyReply, head: string): FastifyReply {
  return reply.type(JSON_TYPE).send(envelope(head, id));
}

/** The headers without `Vary`, because the facade sets `Vary` itself. */
function withoutVary({ vary: _vary, ...headers }: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return headers;
}

function metaOf(page: RouteSuccess['page']): Readonly<Record<string, unknown>> | null {
  if (!page) return null;
  const { limit, cursor, total } = page;
  return { limit, cursor, ...(total !== null && { total }) };
}

function linkHeader(links: ReturnType<typeof pageLinks>): string {
  return Object.entries(links)
    .map(([rel, { href }]) => `<${href}>; rel="${rel}"`)
    .join(', ');
}
