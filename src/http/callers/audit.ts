import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GatheredReads } from '../../audit/gather-reads.ts';
import { record } from '../../audit/record-queries.ts';
import type { AuditSubject } from '../../contract/audit-words.ts';
import type { Db } from '../../database/connection.ts';
import { AppError } from '../../errors.ts';
import { actorOf } from './actor.ts';

type RouteAudit =
  /** Personal data are shown: noted here, once a while. The id in the path, if there is one, is whom it is about. */
  | { action: 'saw'; subject: AuditSubject }
  /** Personal data leave: noted here, before anything is sent. Of the query the values of `choices` are noted, of the rest the names. */
  | { action: 'exported'; subject: AuditSubject; choices: readonly string[] }
  /** The use case notes it, with its own transaction. */
  | { action: 'changed' | 'signed_in' | 'signed_out'; subject: AuditSubject };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a use of the route is for the audit log; `null` when it is nothing. Every route of the API says it. */
    audit?: RouteAudit | null;
  }
}

/** Has every route say what it is for the audit log, and notes what is seen and exported. */
export function auditRequests(app: FastifyInstance, { db, reads }: { db: Db; reads: GatheredReads }): void {
  app.addHook('onRoute', (route) => {
    // Files and pages of the dashboard and of plugins hold nothing about anybody; those of plugins take no configuration.
    if (!route.url.startsWith('/api/') || /^\/api\/(docs|queues)(\/|$)/.test(route.url)) return;
    if (route.config?.audit !== undefined) return;
    throw new Error(
      `${String(route.method)} ${route.url} does not say what it is for the audit log: give it config.audit`,
    );
  });

  // After the request was read and found right, before anything is looked up. Of what is asked with HEAD nobody gets anything.
  app.addHook('preHandler', async (request) => {
    const audit = request.routeOptions.config?.audit;
    if (audit?.action !== 'exported' || request.method === 'HEAD') return;
    const details = noted(request.query, audit.choices);
    await record(db, actorOf(request), { action: audit.action, subject: audit.subject, details }).catch((error) => {
      request.log.warn({ err: error }, 'export refused: it cannot be noted');
      throw new AppError('unavailable', 'The export cannot be noted in the audit log now. Try again.');
    });
  });

  // What a program reads with a key is not what a person saw.
  app.addHook('onSend', async (request, reply) => {
    const audit = request.routeOptions.config?.audit;
    if (audit?.action !== 'saw' || request.signedIn === null || reply.statusCode >= 300) return;
    if (request.method === 'HEAD') return;
    reads.add({
      userId: request.signedIn.user.id,
      subject: audit.subject,
      subjectId: idIn(request),
      requestId: request.id,
    });
  });

  app.addHook('onClose', () => reads.close());
}

function idIn({ params }: FastifyRequest): string | null {
  return typeof params === 'object' && params !== null && 'id' in params ? String(params.id) : null;
}

/** A search for a name is a name: of what is no choice of few words it is said that it was there. */
function noted(query: unknown, choices: readonly string[]): Record<string, unknown> {
  const asked = Object.entries(typeof query === 'object' && query !== null ? query : {});
  return Object.fromEntries(
    asked
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, choices.includes(name) ? value : true]),
  );
}
