import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { listenOnLoopback } from './ports.ts';

const value = z.record(z.string(), z.unknown()).transform((kinds) => Object.values(kinds)[0]);
const attributes = z
  .array(z.strictObject({ key: z.string(), value }))
  .transform((all) => Object.fromEntries(all.map((one) => [one.key, one.value])));

const span = z.object({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes,
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
  status: z.object({ code: z.number() }),
});

/** A request of OTLP over HTTP as its specification has it, in JSON. */
const request = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});

type SentSpan = z.output<typeof span> & { service: unknown };

/** A collector on loopback that keeps the spans it is sent. */
export type TraceSink = { url: string; spans: SentSpan[]; bodies: string[]; close(): Promise<void> };

export async function startTraceSink(): Promise<TraceSink> {
  const spans: SentSpan[] = [];
  const bodies: string[] = [];
  const take = (path: string | undefined, body: string): number => {
    const sent = path === '/v1/traces' ? request.safeParse(JSON.parse(body)) : null;
    if (!sent?.success) return 400;
    bodies.push(body);
    for (const { resource, scopeSpans } of sent.data.resourceSpans)
      for (const one of scopeSpans.flatMap((scope) => scope.spans))
        spans.push({ ...one, service: resource.attributes['service.name'] });
    return 200;
  };
  const answerTo = async (incoming: IncomingMessage, answer: ServerResponse) => {
    answer.writeHead(take(incoming.url, await text(incoming)), { 'content-type': 'application/json' }).end('{}');
  };
  const server = createServer((incoming, answer) => void answerTo(incoming, answer));
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    bodies,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
