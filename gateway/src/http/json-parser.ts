import type { FastifyBodyParser, FastifyInstance } from 'fastify';
import { hasLongNumber, readJson } from '@souk/engine/json';

/**
 * Fastify's JSON parser, which refuses `__proto__`. A number that JavaScript cannot represent becomes an `ExactNumber`,
 * which keeps all digits.
 */
export function jsonParser(app: FastifyInstance): FastifyBodyParser<string> {
  const parse = app.getDefaultJsonParser('error', 'error');
  return (request, body, done) =>
    void parse(request, body, (error, value) => {
      if (error || !hasLongNumber(body)) done(error, value);
      else done(null, readJson(body));
    });
}
