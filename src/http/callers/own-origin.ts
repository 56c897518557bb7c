import type { FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';

const READS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses a change that another site has a browser ask for: the browser would add the cookie by itself. Every browser
 * says where such a request comes from.
 *
 * @throws AppError `forbidden`
 */
export function expectOwnOrigin({ method, headers, host }: FastifyRequest, frontendUrl: string | undefined): void {
  if (READS.includes(method)) return;
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined && origin === frontendUrl) return;
  // What a browser knows of the two addresses is more than a host: http and https are different sites, too.
  if (site === undefined ? origin !== undefined && hostOf(origin) === host : site === 'same-origin') return;
  throw new AppError('forbidden', 'This request comes from another site.', { origin: 'is not ours' });
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/** What is no browser, such as a script, says nothing, and has no cookie that it did not ask for. */
export function saysItsOrigin({ headers }: FastifyRequest): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
}
