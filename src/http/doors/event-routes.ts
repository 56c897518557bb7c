import { failures, textOf } from '../answers/responses.ts';
import type { ApiDeps, ZodApp } from '../api-deps.ts';

/** Keeps proxies from closing a quiet connection; and so long at most does an ended session go on watching. */
const HEARTBEAT_MS = 20_000;

export function eventRoutes(app: ZodApp, { liveEvents, accounts, heartbeatMs = HEARTBEAT_MS }: ApiDeps): void {
  const open = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const end of open) end();
  });

  app.get(
    '/api/events',
    {
      // Asked for the head of something that does not end.
      exposeHeadRoute: false,
      config: { access: 'viewer', audit: null, isStream: true },
      schema: {
        tags: ['Operation'],
        summary: 'Server-sent events: something changed, look again',
        description:
          'An event named `change` carries how many rows of each kind changed; one named `alive` says every 20 seconds that the line holds.',
        response: { 200: textOf('The stream, without an end', 'text/event-stream'), ...failures.read },
      },
    },
    (request, reply) => {
      reply.hijack();
      const { raw } = reply;
      for (const [name, value] of Object.entries(reply.getHeaders())) raw.setHeader(name, value ?? '');
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      raw.write('retry: 3000\n\n');
      const unsubscribe = liveEvents.subscribe((change) => {
        // A watcher that does not read would have us keep all it misses; it comes again and looks.
        if (raw.writableNeedDrain) end();
        else raw.write(`event: change\ndata: ${change}\n\n`);
      });
      const { signedIn } = request;
      const beat = async () => {
        const isWelcome = signedIn === null || (await accounts.isOpen(signedIn.sessionId));
        if (!isWelcome) end();
        // It may have ended while the session was looked up.
        else if (open.has(end)) raw.write('event: alive\ndata: {}\n\n');
      };
      const heartbeat = setInterval(() => void beat().catch(end), heartbeatMs);
      const end = () => {
        open.delete(end);
        clearInterval(heartbeat);
        unsubscribe();
        raw.end();
      };
      open.add(end);
      request.raw.on('close', end);
    },
  );
}
