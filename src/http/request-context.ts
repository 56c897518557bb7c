import type { FastifyInstance } from 'fastify';
import { inContext, thisContext, type Within } from '../context.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The context of the request, for what runs outside of it: hooks that an event of the connection sets off. */
    within: Within;
  }
}

/** Whatever is done for a request knows its id, and so does who asked. */
export function followRequests(app: FastifyInstance): void {
  app.decorateRequest('within', (run) => run());
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    inContext({ request_id: request.id }, () => {
      request.within = thisContext();
      done();
    });
  });
  // A body comes in as events of the connection, which belongs to nobody.
  app.addHook('preValidation', (request, _reply, done) => request.within(done));
}
