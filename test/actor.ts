import type { Actor } from '../src/audit/actor.ts';

/** Who changes something in a test that is not about who it is. */
export const TESTER: Actor = { kind: 'command', id: 'test', requestId: null };
