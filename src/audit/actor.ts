import type { ActorKind } from '../contract/audit-words.ts';

/** Who does something, as the audit log names them. */
export type Actor = {
  kind: ActorKind;
  /** A user's id, the first eight hex digits of a key's SHA-256, or the name of a command with the user who ran it. */
  id: string | null;
  /** The request by which it is done, as the log of the server names it. */
  requestId: string | null;
};

/** An actor in one word: `user-…`, `key-…`. */
export function wordOf({ kind, id }: Actor): string {
  return `${kind === 'api_key' ? 'key' : kind}-${id}`;
}
