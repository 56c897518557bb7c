import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inContext } from '../../context.ts';
import { type OpenSpan, openSpan } from '../../tracing/spans.ts';

declare module 'fastify' {
  interface FastifyRequest {
    span: OpenSpan | null;
  }
}

/** Whatever is done for a request knows its id, and so does who asked; with tracing it is a part of its span. */
export function followRequests(app: FastifyInstance): void {
  app.decorateRequest('span', null);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    request.span = spanOf(request);
    request.span.within(() => inContext({ request_id: request.id }, done));
  });
  app.addHook('onResponse', ({ span }, { statusCode }, done) => {
    span?.set({ 'http.response.status_code': statusCode });
    if (statusCode >= 500) span?.fail(String(statusCode));
    span?.end();
    done();
  });
  // Who breaks off gets no response.
  app.addHook('onRequestAbort', ({ span }, done) => {
    span?.end();
    done();
  });
}

/** By the pattern of the route: the path itself may hold what names somebody. */
function spanOf({ method, protocol, headers, routeOptions: { url: route } }: FastifyRequest): OpenSpan {
  const known = route === undefined ? {} : { 'http.route': route };
  const attributes = { 'http.request.method': method, 'url.scheme': protocol, ...known };
  const parent = headers['traceparent'];
  const name = route === undefined ? method : `${method} ${route}`;
  return openSpan(name, { kind: 'server', attributes, parent: typeof parent === 'string' ? parent : undefined });
}
