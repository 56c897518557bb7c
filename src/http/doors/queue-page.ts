import { createBullBoard } from '@bull-board/api';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { AppError } from '../../errors.ts';
import type { ApiDeps } from '../api-deps.ts';

/** The pages of a plugin: who may see them is said in `authentication.ts`. */
const QUEUE_PAGE = '/api/queues';

/** What waits in the queues, for admins to look at. */
export async function queuePage(app: FastifyInstance, { queues, signals }: ApiDeps): Promise<void> {
  const adapter = new ReadingAdapter();
  const board = createBullBoard({ queues: [], serverAdapter: adapter, options: { uiConfig: UI } });
  adapter.setBasePath(QUEUE_PAGE);
  await app.register(async (scope) => {
    scope.addHook('preHandler', async ({ url, params, query }) => {
      if (!canBeLookedFor(JSON.stringify([params, query])))
        throw new AppError('unreadable', 'The address names what cannot be looked for.');
      if (!url.startsWith(`${QUEUE_PAGE}/api/`)) return;
      if (!(await signals.isConnected())) throw new AppError('unavailable', 'The queue cannot be reached. Try again.');
      // One that could not be reached when the process began is another one since.
      board.replaceQueues(queues());
    });
    scope.addHook('onSend', async (_request, reply, payload) => {
      if (typeof payload !== 'string' || !isPage(reply)) return payload;
      const policy = String(reply.getHeader(POLICY));
      // The page finds its parts by its <base>, which leads to ourselves.
      reply.header(POLICY, policy.replace("base-uri 'none'", "base-uri 'self'"));
      return withoutInline(payload);
    });
    await scope.register(adapter.registerPlugin(), { prefix: QUEUE_PAGE });
  });
}

/** The page hands on to the queue what it is asked for: neither backend knows text with NUL, or a page beyond a billion. */
function canBeLookedFor(asked: string): boolean {
  return !asked.includes('\\u0000') && !/"page":"[^"]{10}/.test(asked);
}

const POLICY = 'content-security-policy';

function isPage(reply: FastifyReply): boolean {
  return String(reply.getHeader('content-type')).startsWith('text/html');
}

const UI = {
  boardTitle: 'Queues',
  hideDocsLink: true,
  // Its picture has styles of its own, which the policy does not let in.
  hideRedisDetails: true,
  // Of PostgreSQL it would say that there are none, whoever listens.
  showWorkers: false,
  miscLinks: [{ text: 'Dashboard', url: '/' }],
};

type Routes = Parameters<FastifyAdapter['setApiRoutes']>[0];

/** Nothing can be changed through it, and what fails is answered as everywhere else. */
class ReadingAdapter extends FastifyAdapter {
  override setApiRoutes(routes: Routes) {
    return super.setApiRoutes(routes.filter(({ method }) => method === 'get'));
  }

  override setErrorHandler() {
    return super.setErrorHandler((error) => {
      throw error;
    });
  }
}

/** The content security policy lets in neither styles within the page nor fonts from elsewhere; the page does without. */
function withoutInline(html: string): string {
  return html
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/ style="[^"]*"/g, '')
    .replace(/<link href="https:[^>]*>/g, '');
}
