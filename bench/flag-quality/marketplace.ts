import { createRandom, type Random } from '../../src/synthetic/random.ts';
import { DAYS, type Turn, type World } from './worlds.ts';

/** What happened, and what was true. Sessions of a tutor are in order of time. */
export type Marketplace = { world: World; tutors: SimulatedTutor[] };

export type SimulatedTutor = {
  /** The true rate of each day, without storms. */
  rates: Float64Array;
  /** One entry a session: 1 where the tutor moved it. */
  moved: number[];
  /** How many sessions, and moves, lie before each day; one more entry for the end. */
  sessionsBefore: Int32Array;
  movesBefore: Int32Array;
  turnsAt: number | null;
};

/** Plays the world. Storms are thrown with dice of their own: without them, the same sessions go the same way. */
export function simulate(world: World, seed: number): Marketplace {
  const dice = createRandom(seed, 'tutors');
  const drawn = Array.from({ length: world.tutors }, () => {
    const place = dice.fraction();
    // Exponential loads: a tenth of the tutors give a third of the sessions.
    return { place, load: -Math.log(1 - dice.fraction()) * world.loadAt(place) };
  });
  const loads = drawn.reduce((sum, { load }) => sum + load, 0);
  const tutors = drawn.map(({ place, load }, index) => {
    const turn = world.turn !== null && index < world.turn.tutors ? world.turn : null;
    const rates = turn === null ? new Float64Array(DAYS).fill(world.rateAt(place)) : turningRates(turn);
    const perDay = (world.sessionsPerDay * load) / loads;
    return { ...play(rates, perDay, world, seed, index), turnsAt: turn?.day ?? null };
  });
  return { world, tutors };
}

function turningRates({ day, from, to }: Turn): Float64Array {
  return Float64Array.from({ length: DAYS }, (_, index) => (index < day ? from : to));
}

function play(rates: Float64Array, perDay: number, { storms, wholeDays }: World, seed: number, index: number) {
  const dice = createRandom(seed, `sessions of ${index}`);
  const stormDice = createRandom(seed, `storms of ${index}`);
  const moved: number[] = [];
  const sessionsBefore = new Int32Array(DAYS + 1);
  const movesBefore = new Int32Array(DAYS + 1);
  let moves = 0;
  for (const [day, rate] of rates.entries()) {
    const extra = storms.find((storm) => day >= storm.day && day < storm.day + storm.days)?.extra ?? 0;
    const away = rate * wholeDays;
    const isAway = wholeDays > 0 && dice.chance(away);
    // So that a session is moved with the chance `rate` in all.
    const alone = (rate - away) / (1 - away);
    for (let left = poisson(perDay, dice); left > 0; left -= 1) {
      const isMoved = isAway || dice.chance(alone) || (extra > 0 && stormDice.chance(extra));
      moved.push(isMoved ? 1 : 0);
      if (isMoved) moves += 1;
    }
    sessionsBefore[day + 1] = moved.length;
    movesBefore[day + 1] = moves;
  }
  return { rates, moved, sessionsBefore, movesBefore };
}

/** Knuth's: as many draws as events. */
function poisson(mean: number, dice: Random): number {
  const end = Math.exp(-mean);
  let count = 0;
  for (let product = dice.fraction(); product > end; product *= dice.fraction()) count += 1;
  return count;
}
