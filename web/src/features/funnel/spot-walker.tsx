import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import styles from './funnel-plot.module.css';
import type { Rect } from './scales.ts';
import { useBrush } from './use-brush.ts';
import { nearestTo, type Place, stepOf } from './walk.ts';

type SpotWalkerProps = {
  name: string;
  /** What kind of drawing it is called, and the id of the words that say how it is used. */
  kind: string;
  help: string;
  width: number;
  height: number;
  /** Where the plot begins within the drawing. */
  origin: Place;
  area: Rect;
  /** What the spots are called, and where they are; one of each a spot. */
  keys: readonly string[];
  places: readonly Place[];
  /** Where the keyboard starts. */
  first: number;
  selected: Rect | null;
  /** A spot in words. */
  describe: (index: number) => string;
  readout: (index: number) => ReactNode;
  onOpen: (index: number) => void;
  /** `null`: nothing any more. */
  onSelect: (rect: Rect | null) => void;
  /** What is drawn. */
  children: ReactNode;
};

/** A spot by its key, and whether the keyboard led to it. */
type Chosen = { key: string; isWalked: boolean };

const REACH = 16;
/** A finger is no needle. */
const REACH_OF_TOUCH = 28;
const READOUT_GAP = 12;

/** A drawing of many spots: pointed at, opened, taken in by a rectangle, or walked through with the keyboard. */
export function SpotWalker(props: SpotWalkerProps) {
  const { name, kind, help, width, height, origin, area, keys, places, first, selected } = props;
  const { describe, readout, children } = props;
  // By its name: when the figures change, other spots may come before it.
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const found = chosen === null ? -1 : keys.indexOf(chosen.key);
  const index = found < 0 ? null : found;
  const placeOf = ({ clientX, clientY, currentTarget }: PointerEvent): Place => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return { x: clientX - left - origin.x, y: clientY - top - origin.y };
  };
  const choose = (at: number | null, isWalked: boolean) => {
    const key = at === null ? undefined : keys[at];
    setChosen(key === undefined ? null : { key, isWalked });
  };
  const pointAt = (place: Place, { pointerType }: PointerEvent): number | null => {
    const near = nearestTo(places, place, pointerType === 'touch' ? REACH_OF_TOUCH : REACH);
    choose(near, false);
    return near;
  };
  const click = (place: Place, event: PointerEvent) => {
    const near = pointAt(place, event);
    // A finger cannot point without pressing: the first time says who it is.
    if (near !== null && (event.pointerType !== 'touch' || near === index)) props.onOpen(near);
  };
  const select = (rect: Rect) => {
    setChosen(null);
    props.onSelect(rect);
  };
  const brush = useBrush({ placeOf, area, onDone: select, onClick: click });
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      if (brush.rect !== null) brush.stop();
      else if (index !== null) setChosen(null);
      else if (selected !== null) props.onSelect(null);
      return;
    }
    const next = event.key === 'Enter' ? null : stepOf(event.key, places, index ?? first);
    if (event.key === 'Enter' && index !== null) props.onOpen(index);
    else if (next !== null) choose(index === null ? first : next, true);
    else return;
    event.preventDefault();
  };
  const place = index === null ? undefined : places[index];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application takes keys and pointers
    <div
      className={styles.walker}
      style={{ width, height }}
      // Its keys are its own: a screen reader is to leave the arrows to it.
      role="application"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the keyboard does not come here
      tabIndex={0}
      aria-label={name}
      aria-roledescription={kind}
      aria-describedby={help}
      onKeyDown={press}
      onBlur={() => setChosen(null)}
      onPointerDown={brush.press}
      onPointerMove={(event) => {
        brush.move(event);
        if (brush.rect === null && event.pointerType !== 'touch') pointAt(placeOf(event), event);
      }}
      onPointerUp={brush.release}
      onPointerCancel={brush.stop}
      onPointerLeave={({ pointerType }) => pointerType !== 'touch' && brush.rect === null && setChosen(null)}
    >
      <svg width={width} height={height} aria-hidden="true">
        <g transform={`translate(${origin.x} ${origin.y})`}>
          <Selection rect={brush.rect ?? selected} />
          {children}
          {place !== undefined && <circle className={styles.chosen} cx={place.x} cy={place.y} r={8} />}
        </g>
      </svg>
      {/* What is walked to is said; what is pointed at is seen. */}
      <p className="visually-hidden" aria-live="polite">
        {index !== null && chosen?.isWalked === true && describe(index)}
      </p>
      {index !== null && place !== undefined && brush.rect === null && (
        <div className={styles.readout} style={besides(place, origin, width, height)} aria-hidden="true">
          {readout(index)}
        </div>
      )}
    </div>
  );
}

function Selection({ rect }: { rect: Rect | null }) {
  if (rect === null) return null;
  const { left, right, top, bottom } = rect;
  return <rect className={styles.selection} x={left} y={top} width={right - left} height={bottom - top} />;
}

/** Towards the middle, where there is most room. */
function besides({ x, y }: Place, origin: Place, width: number, height: number) {
  const [left, top] = [x + origin.x, y + origin.y];
  const across = left < width / 2 ? { left: left + READOUT_GAP } : { right: width - left + READOUT_GAP };
  const down = top < height / 2 ? { top: top + READOUT_GAP } : { bottom: height - top + READOUT_GAP };
  return { ...across, ...down };
}
