import { userInfo } from 'node:os';
import type { Actor } from '../audit/actor.ts';

/** A command as the audit log names it: with the user of the machine who ran it. */
export function commandActor(name: string): Actor {
  return { kind: 'command', id: `${name} by ${machineUser()}`, requestId: null };
}

/** In a container a user may have a number and no name. */
function machineUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
