import { at } from './at.ts';

/** A seeded source of chance: the same seed and stream give the same draws on every machine. */
export type Random = {
  /** A number in [0, 1). */
  fraction: () => number;
  /** A number in [min, max). */
  between: (min: number, max: number) => number;
  /** A whole number from min to max, both included. */
  integer: (min: number, max: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(items: readonly T[]) => T;
  weighted: <T extends { weight: number }>(items: readonly T[]) => T;
  /** A shuffled copy. */
  shuffled: <T>(items: readonly T[]) => T[];
  /** Shaped like a version 4 UUID. */
  uuid: () => string;
};

/**
 * One stream of draws. Streams of one seed are independent of each other, so that drawing more names
 * does not change any session.
 */
export function createRandom(seed: number, stream: string): Random {
  const nextWord = wordSource(`${seed}/${stream}`);
  const fraction = (): number => nextWord() / 2 ** 32;
  const integer = (min: number, max: number): number => min + Math.floor(fraction() * (max - min + 1));
  return {
    fraction,
    integer,
    between: (min, max) => min + fraction() * (max - min),
    chance: (probability) => fraction() < probability,
    pick: (items) => at(items, integer(0, items.length - 1)),
    weighted: (items) => weightedPick(items, fraction()),
    shuffled: (items) => shuffle([...items], integer),
    uuid: () => uuidOf(nextWord(), nextWord(), nextWord(), nextWord()),
  };
}

/** Small fast counting generator (sfc32): 32-bit words from integer arithmetic alone. */
function wordSource(key: string): () => number {
  let a = hash(key, 0x9e37_79b9);
  let b = hash(key, 0x85eb_ca6b);
  let c = hash(key, 0xc2b2_ae35);
  let counter = 1;
  const next = (): number => {
    const word = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    return word >>> 0;
  };
  // Similar keys start in similar states; a few rounds drive them apart.
  for (let round = 0; round < 16; round += 1) next();
  return next;
}

/** FNV-1a, started from `basis`. */
function hash(text: string, basis: number): number {
  let state = basis;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x0100_0193);
  }
  return state;
}

function weightedPick<T extends { weight: number }>(items: readonly T[], fraction: number): T {
  let left = fraction * items.reduce((sum, { weight }) => sum + weight, 0);
  for (const item of items) {
    left -= item.weight;
    if (left < 0) return item;
  }
  return at(items, items.length - 1);
}

function shuffle<T>(items: T[], integer: Random['integer']): T[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = integer(0, last);
    const moved = at(items, last);
    items[last] = at(items, other);
    items[other] = moved;
  }
  return items;
}

function uuidOf(a: number, b: number, c: number, d: number): string {
  const second = hex(((b & 0xffff_0fff) | 0x4000) >>> 0);
  const third = hex(((c & 0x3fff_ffff) | 0x8000_0000) >>> 0);
  return `${hex(a)}-${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}-${third.slice(4)}${hex(d)}`;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
