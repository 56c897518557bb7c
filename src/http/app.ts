import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { gatherReads, QUIET_MINUTES } from '../audit/gather-reads.ts';
import { recordReads } from '../audit/record-queries.ts';
import { auditRoutes } from '../audit/routes.ts';
import { AppError } from '../errors.ts';
import { evidenceRoutes } from '../evidence/routes.ts';
import { funnelRoutes } from '../funnel/routes.ts';
import { metricsRoutes } from '../metrics/routes.ts';
import { overviewRoutes } from '../overview/routes.ts';
import { reportRoutes } from '../reports/routes.ts';
import { sessionRoutes } from '../sessions/routes.ts';
import { settingsRoutes } from '../settings/routes.ts';
import { thresholdRoutes } from '../threshold/routes.ts';
import { tutorRoutes } from '../tutors/routes.ts';
import { userRoutes } from '../users/routes.ts';
import { compressAnswers } from './answers/compression.ts';
import { answer, handleErrors } from './answers/error-handler.ts';
import type { ApiDeps } from './api-deps.ts';
import { auditRequests } from './callers/audit.ts';
import { authenticate } from './callers/authentication.ts';
import { limitRequests } from './callers/limit-requests.ts';
import { dashboard } from './doors/dashboard.ts';
import { documentation } from './doors/documentation.ts';
import { eventRoutes } from './doors/event-routes.ts';
import { healthRoutes } from './doors/health-routes.ts';
import { queuePage } from './doors/queue-page.ts';
import { measureRequests } from './requests/measure-requests.ts';
import { readJson } from './requests/read-json.ts';
import { followRequests } from './requests/request-context.ts';
import { expectOneHost, SAFE_ALONE, unreadableRequests } from './requests/unreadable.ts';
import { readWithZod } from './requests/validation.ts';

const SINGLE_BODY_BYTES = 64 * 1024;
/** Enough for a batch of 4 MB over a slow line; who is slower holds a connection, and nothing else. */
const RECEIVE_MS = 60_000;

/** The whole server as a value, without listening: tests hold it in the hand with `app.inject`. */
export async function buildApp(deps: ApiDeps): Promise<FastifyInstance> {
  const unreadable = unreadableRequests();
  const { receiveMs = RECEIVE_MS } = deps;
  const app = fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    // The context says which request a line is about; only a route with a level of its own needs a log of its own.
    childLoggerFactory: (log, _ids, { level }) => (level === undefined ? log : log.child({}, { level })),
    bodyLimit: SINGLE_BODY_BYTES,
    requestIdHeader: false,
    // Beyond so many, what a request says of where it comes from is its own invention.
    trustProxy: (_address, hop) => hop < deps.trustedProxies,
    genReqId: () => crypto.randomUUID(),
    forceCloseConnections: 'idle',
    // `refuseWhileStopping` does, in our shape.
    return503OnClosing: false,
    requestTimeout: receiveMs,
    clientErrorHandler: unreadable.clientErrorHandler,
    // `expectOneHost` looks, so that the answer has our shape.
    http: { requireHostHeader: false, headersTimeout: receiveMs, connectionsCheckingInterval: receiveMs / 4 },
    routerOptions: { ignoreTrailingSlash: true },
    frameworkErrors: (_error, request, reply) => {
      const headers = { ...SAFE_ALONE, 'x-request-id': request.id };
      void answer(reply.headers(headers), new AppError('unreadable', 'The address cannot be read.'));
    },
  });
  unreadable.watch(app.server);
  readJson(app);
  app.setValidatorCompiler(readWithZod);
  app.setSerializerCompiler(serializerCompiler);
  handleErrors(app);
  followRequests(app);
  logRequests(app);
  measureRequests(app, deps.metrics);
  expectOneHost(app);

  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY },
    // Browsers complain of it when a report, whose policy is another one, is framed in a page.
    originAgentCluster: false,
  });
  await app.register(cors, { origin: deps.frontendUrl ?? false, methods: ['GET', 'POST', 'PUT'], credentials: true });
  refuseWhileStopping(app);
  authenticate(app, deps);
  const reads = gatherReads({
    write: (batch) => deps.db.transaction().execute((tx) => recordReads(tx, batch, QUIET_MINUTES)),
    log: deps.log,
  });
  auditRequests(app, { db: deps.db, reads });
  if (deps.rateLimit > 0) await limitRequests(app, deps.rateLimit, deps.redis);
  await compressAnswers(app);
  await documentation(app, deps.version);
  await dashboard(app, deps.dashboardDir);
  await queuePage(app, deps);
  await app.register(async (scope) => {
    const api = scope.withTypeProvider<ZodTypeProvider>();
    healthRoutes(api, deps);
    metricsRoutes(api, deps);
    sessionRoutes(api, deps);
    tutorRoutes(api, deps);
    reportRoutes(api, deps);
    overviewRoutes(api, deps);
    evidenceRoutes(api, deps);
    funnelRoutes(api, deps);
    settingsRoutes(api, deps);
    thresholdRoutes(api, deps);
    eventRoutes(api, deps);
    userRoutes(api, deps);
    auditRoutes(api, { ...deps, reads });
  });
  return app;
}

/** For every page. The HTML of a report, which the dashboard frames, says something of its own. */
const CONTENT_SECURITY = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'frame-src': ["'self'"],
  'frame-ancestors': ["'none'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'object-src': ["'none'"],
};

/** Connections that are kept open go on sending until they are told: Fastify has each answer close its connection by then. */
function refuseWhileStopping(app: FastifyInstance): void {
  let isStopping = false;
  app.addHook('preClose', async () => {
    isStopping = true;
  });
  app.addHook('onRequest', async () => {
    if (isStopping) throw new AppError('unavailable', 'The server is stopping. Send it again.');
  });
}

/** One line a request, without query, body or address: they may hold names. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const ms = Math.round(reply.elapsedTime);
    request.log.info(
      { method: request.method, route, status: reply.statusCode, ms, caller: request.caller },
      'request',
    );
  });
}
