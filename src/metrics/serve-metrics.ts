import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { messageOf } from '../errors.ts';
import { expose, METRICS_CONTENT_TYPE } from './expose.ts';
import type { Metrics } from './metrics.ts';
import { bearerOf } from './token.ts';

export type MetricsDoor = { host: string; port: number; token: string };

/**
 * `/metrics`, for who has the token, and `/livez`, for all, of a process that has no other door. Where it cannot
 * listen, the log says so and the work goes on.
 */
export async function serveMetrics(
  { host, port, token }: MetricsDoor,
  metrics: Metrics,
  log: Logger,
): Promise<{ close(): Promise<void> }> {
  const server = createServer(listenerOf(metrics, bearerOf(token), log));
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    log.error({ reason: messageOf(error) }, 'metrics cannot be served');
    return { close: async () => {} };
  }
  const address = server.address();
  log.info({ port: typeof address === 'object' ? address?.port : port }, 'metrics are served');
  return {
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listenerOf(metrics: Metrics, isAdmitted: ReturnType<typeof bearerOf>, log: Logger): RequestListener {
  const answers = async (path: string | undefined, authorization: string | undefined): Promise<Answer> => {
    if (path === '/livez') return [200, 'application/json', '{"status":"alive"}'];
    if (path !== '/metrics') return [404, 'text/plain', 'Nothing here but /metrics and /livez.\n'];
    if (!isAdmitted(authorization)) return [401, 'text/plain', 'Send METRICS_TOKEN as a bearer token.\n'];
    return [200, METRICS_CONTENT_TYPE, await expose([await metrics.snapshot()], [])];
  };
  return (request, response) => {
    const answer = async () => {
      const [status, type, body] = await answers(request.url?.split('?')[0], request.headers.authorization);
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    };
    answer().catch((error: unknown) => {
      log.error({ err: error }, 'metrics failed');
      response.destroy();
    });
  };
}

type Answer = [status: number, type: string, body: string];
