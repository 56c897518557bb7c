import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inContext, thisContext, type Within } from '../context.ts';
import { type OpenSpan, openSpan } from '../tracing/spans.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The context of the request, for what runs outside of it: hooks that an event of the connection sets off. */
    within: Within;
    span: OpenSpan | null;
  }
}

/** Whatever is done for a request knows its id, and so does who asked; with tracing it is a part of its span. */
export function followRequests(app: FastifyInstance): void {
  app.decorateRequest('within', (run) => run());
  app.decorateRequest('span', null);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    const span = spanOf(request);
    span.within(() =>
      inContext({ request_id: request.id }, () => {
        request.span = span;
        request.within = thisContext();
        done();
      }),
    );
  });
  // A body comes in as events of the connection, which belongs to nobody.
  app.addHook('preValidation', (request, _reply, done) => request.within(done));
  app.addHook('onResponse', ({ span }, { statusCode }, done) => {
    span?.set({ 'http.response.status_code': statusCode });
    if (statusCode >= 500) span?.fail(String(statusCode));
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
