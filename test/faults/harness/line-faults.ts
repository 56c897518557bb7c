import { at } from '../../../src/synthetic/at.ts';
import type { Random } from '../../../src/synthetic/random.ts';
import type { Begun, Fault } from './fault.ts';
import type { Line } from './line.ts';
import type { Stage } from './stage.ts';

/** Far, and thin. */
const SLOW = { latencyMs: 60, bytesPerSecond: 40_000 };

type Manner = { what: string; holdMs: Fault['holdMs']; begin: (line: Line) => void | Promise<void> };

const CUT: Manner = { what: 'cut', holdMs: [300, 4_000], begin: (line) => line.cut() };
const HANG_UP: Manner = { what: 'hangs up', holdMs: [300, 4_000], begin: (line) => line.hangUp() };
const SLOWED: Manner = { what: 'slow', holdMs: [1_000, 4_000], begin: (line) => line.slow(SLOW) };
const SILENT: Manner = { what: 'silent', holdMs: [500, 6_000], begin: (line) => line.silence() };

/** As `lost`, where nobody needs to notice soon. */
const LOST: Manner = { what: 'lost for good', holdMs: [0, 0], begin: (line) => void line.lose() };

/** Lines that break, are refused, crawl, are silent for a while, or die without a word. */
export const LINE_FAULTS: readonly Fault[] = [
  ...[CUT, HANG_UP, SLOWED, SILENT].map((manner) => toDatabase('API', manner, 0)),
  ...[CUT, HANG_UP, SLOWED, SILENT].map((manner) => toDatabase('worker', manner, 2)),
  lost('API', 0),
  lost('worker', 2),
  ...[CUT, SLOWED, SILENT, LOST].map(toRedis),
  ...[CUT, SLOWED, SILENT].map(fromClients),
];

function toDatabase(who: 'API' | 'worker', { what, holdMs, begin }: Manner, first: number): Fault {
  return {
    kind: `line ${who} to database ${what}`,
    harms: ['line'],
    holdMs,
    begin: async (stage, random) => {
      const api = random.integer(0, 1);
      const { process, toDatabase: line } = at(stage.actors(), first + api);
      await begin(line);
      return { target: process.name, end: () => line.restore(), ...(who === 'API' ? { api } : {}) };
    },
  };
}

/** Over when the process has noticed: new connections work all the while. */
function lost(who: 'API' | 'worker', first: number): Fault {
  return {
    kind: `line ${who} to database lost for good`,
    harms: ['line'],
    holdMs: [0, 0],
    hasOther: true,
    begin: async (stage, random) => {
      const { process, toDatabase: line } = at(stage.actors(), first + random.integer(0, 1));
      const noticed = line.lose();
      return { target: process.name, end: () => noticed };
    },
  };
}

function toRedis({ what, holdMs, begin }: Manner): Fault {
  return {
    kind: `line to Redis ${what}`,
    harms: ['line'],
    needs: 'redis',
    holdMs,
    begin: (stage, random) => harm(stage, random, begin),
  };
}

async function harm(stage: Stage, random: Random, begin: Manner['begin']): Promise<Begun> {
  const { process, toRedis: line } = random.pick(stage.actors());
  if (line === null) throw new Error('there is no Redis in this run');
  await begin(line);
  return { target: process.name, end: () => line.restore() };
}

function fromClients({ what, holdMs, begin }: Manner): Fault {
  return {
    kind: `line clients to API ${what}`,
    harms: ['line'],
    holdMs,
    begin: async ({ apis }, random) => {
      const api = random.integer(0, 1);
      const { process, fromClients: line } = at(apis, api);
      await begin(line);
      return { target: process.name, end: () => line.restore(), api };
    },
  };
}
