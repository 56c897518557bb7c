import type { Random } from '../../../src/synthetic/random.ts';
import type { Stage } from './stage.ts';

/** What began, and how it ends. */
export type Begun = {
  /** Who is harmed. */
  target: string;
  /** Orders the end at once; resolves when the harmed one is there again. */
  end: () => Promise<void>;
  /** The number of the API that is harmed, to ask when that very one is back. */
  api?: number;
};

type Harmed = 'API' | 'worker' | 'PostgreSQL' | 'Redis' | 'line' | 'queue' | 'mail';

export type Fault = {
  kind: string;
  /** What it takes for itself: two faults at once take different things. */
  harms: readonly Harmed[];
  /** How long it lasts at least and at most, in ms. */
  holdMs: readonly [least: number, most: number];
  needs?: 'redis';
  /** Another one is there to do the work: the clock runs from the beginning, too. */
  hasOther?: boolean;
  /** Within which time of the end work is to go on. */
  aimMs?: number;
  begin: (stage: Stage, random: Random) => Promise<Begun>;
};
