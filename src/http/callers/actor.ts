import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../audit/actor.ts';

/** Who asks, as the audit log names them. */
export function actorOf({ id, caller, signedIn }: Pick<FastifyRequest, 'id' | 'caller' | 'signedIn'>): Actor {
  const requestId = id;
  if (signedIn !== null) return { kind: 'user', id: signedIn.user.id, requestId };
  if (caller.startsWith('key-')) return { kind: 'api_key', id: caller.slice('key-'.length), requestId };
  return { kind: 'nobody', id: null, requestId };
}
