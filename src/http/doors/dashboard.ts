import { existsSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PAGES } from '../../contract/pages.ts';

const OPEN = { config: { access: 'public' }, schema: { hide: true } } as const;
const INDEX = 'index.html';
type File = { Params: { file: string } };

/** The names of assets carry a hash of what is in them: another content has another name. */
const FOR_EVER = { maxAge: '365d', immutable: true } as const;
const LOOK_AGAIN = { cacheControl: false } as const;
/** Without a validator: a 404 that is asked for again must not become an empty one. */
const ONCE = { cacheControl: false, etag: false, lastModified: false } as const;

/**
 * The files of the built dashboard in `folder`, and its pages. They are open to all: what they show comes from the API.
 * The folder is looked at with each request, so that a dashboard built meanwhile is there without a restart.
 */
export async function dashboard(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(staticFiles, {
    root: folder,
    serve: false,
    suppressWarning: true,
    preCompressed: true,
    dotfiles: 'ignore',
    index: false,
    acceptRanges: false,
  });
  const isBuilt = () => existsSync(join(folder, INDEX));

  for (const page of PAGES) {
    app.get(page, OPEN, (_request, reply) =>
      isBuilt() ? reply.header('cache-control', 'no-cache').sendFile(INDEX, LOOK_AGAIN) : notBuilt(reply),
    );
  }
  // Names as the build makes them: no folder and no dot in front, so that nothing leads elsewhere.
  app.get<File>('/assets/:file(^[\\w-]+\\.[\\w.-]+$)', { ...OPEN, logLevel: 'warn' }, ({ params }, reply) =>
    reply.sendFile(`assets/${params.file}`, FOR_EVER),
  );
  app.get<File>('/:file(^[a-z-]+\\.[a-z]+$)', { ...OPEN, logLevel: 'warn' }, ({ params }, reply) =>
    reply.header('cache-control', 'no-cache').sendFile(params.file, LOOK_AGAIN),
  );
  // A hook, because what is not found is answered in one place, and as JSON: only a person gets a page instead.
  app.addHook('preHandler', async (request, reply) => {
    const isPage = request.is404 && wantsPage(request) && isBuilt();
    return isPage ? reply.code(404).header('cache-control', 'no-store').sendFile(INDEX, ONCE) : undefined;
  });
}

function wantsPage({ method, url, headers: { accept = '' } }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && !url.startsWith('/api') && accept.includes('text/html');
}

function notBuilt(reply: FastifyReply) {
  return reply.code(503).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(NOT_BUILT);
}

const NOT_BUILT = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Tutor Quality</title></head>
<body>
<h1>The dashboard is not built</h1>
<p>Build it with <code>npm run build</code>, then load this page again. The API runs: <a href="/api/docs">/api/docs</a>.</p>
</body>
</html>
`;
