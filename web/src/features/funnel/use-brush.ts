import { type PointerEvent, useState } from 'react';
import type { Rect } from './scales.ts';
import type { Place } from './walk.ts';

/** A hand is not quite still while it clicks. */
const STILL = 4;

type BrushProps = {
  /** The place of a pointer within the drawing. */
  placeOf: (event: PointerEvent) => Place;
  /** Where a rectangle may be drawn. */
  area: Rect;
  onDone: (rect: Rect) => void;
  onClick: (place: Place, event: PointerEvent) => void;
};

/** A rectangle that is drawn by dragging; what is pressed and let go at the same place is a click. */
export function useBrush({ placeOf, area, onDone, onClick }: BrushProps) {
  const [start, setStart] = useState<Place | null>(null);
  const [end, setEnd] = useState<Place | null>(null);
  const rect = start === null || end === null ? null : rectBetween(start, end, area);
  const stop = () => {
    setStart(null);
    setEnd(null);
  };
  const press = (event: PointerEvent) => {
    if (!event.isPrimary || event.button !== 0) return;
    setStart(placeOf(event));
    setEnd(null);
  };
  const move = (event: PointerEvent) => {
    if (start === null) return;
    const here = placeOf(event);
    if (end === null && Math.hypot(here.x - start.x, here.y - start.y) < STILL) return;
    // From here on the drag goes on outside of the drawing too.
    if (end === null) event.currentTarget.setPointerCapture(event.pointerId);
    setEnd(here);
  };
  const release = (event: PointerEvent) => {
    if (start === null) return;
    if (rect === null) onClick(placeOf(event), event);
    else onDone(rect);
    stop();
  };
  return { rect, stop, press, move, release };
}

function rectBetween(one: Place, other: Place, { left, right, top, bottom }: Rect): Rect {
  const across = (at: number) => Math.min(right, Math.max(left, at));
  const down = (at: number) => Math.min(bottom, Math.max(top, at));
  return {
    left: across(Math.min(one.x, other.x)),
    right: across(Math.max(one.x, other.x)),
    top: down(Math.min(one.y, other.y)),
    bottom: down(Math.max(one.y, other.y)),
  };
}
