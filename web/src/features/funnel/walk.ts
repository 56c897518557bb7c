/** A place in pixels, y downwards. */
export type Place = { x: number; y: number };

const STRIDE = 10;
/** How much farther something seems that lies to the side of where one looks. */
const SIDEWAYS = 2;

/**
 * Where a key leads from a spot, by its index; `null` for a key that leads nowhere. Left and right go through all spots
 * in their order, from left to right; up and down to the nearest one above or below in the picture.
 */
export function stepOf(key: string, places: readonly Place[], from: number): number | null {
  const last = places.length - 1;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1);
    case 'ArrowRight':
      return Math.min(last, from + 1);
    case 'PageDown':
      return Math.max(0, from - STRIDE);
    case 'PageUp':
      return Math.min(last, from + STRIDE);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowUp':
      return nextAlong(places, from, -1);
    case 'ArrowDown':
      return nextAlong(places, from, 1);
    default:
      return null;
  }
}

/** The nearest spot above (-1) or below (1), and within reach to the side; the same one where there is none. */
function nextAlong(places: readonly Place[], from: number, direction: 1 | -1): number {
  const here = places[from];
  if (here === undefined) return from;
  let [best, least] = [from, Number.POSITIVE_INFINITY];
  for (const [index, { x, y }] of places.entries()) {
    const ahead = (y - here.y) * direction;
    const aside = Math.abs(x - here.x);
    const distance = ahead + SIDEWAYS * aside;
    if (ahead > 0 && aside <= ahead && distance < least) [best, least] = [index, distance];
  }
  return best;
}

/** The nearest place within so many pixels of a point, by its index; `null` where there is none. */
export function nearestTo(places: readonly Place[], { x, y }: Place, reach: number): number | null {
  let [best, least]: [number | null, number] = [null, reach];
  for (const [index, place] of places.entries()) {
    const distance = Math.hypot(place.x - x, place.y - y);
    if (distance <= least) [best, least] = [index, distance];
  }
  return best;
}
