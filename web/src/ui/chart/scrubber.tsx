import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import styles from './scrubber.module.css';

type ScrubberProps = {
  name: string;
  width: number;
  height: number;
  /** Where each value stands from the left, in pixels, in rising order. */
  positions: readonly number[];
  /** How many values a page key skips. */
  stride: number;
  /** A value in words. */
  describe: (index: number) => string;
  readout: (index: number) => ReactNode;
  /** The drawing, with the value that is looked at, if any. */
  children: (index: number | null) => ReactNode;
};

const READOUT_GAP = 12;
const NARROW = 480;

/** A drawing whose values can be read one by one: by pointing at them, or as a slider with the keyboard. */
export function Scrubber({ name, width, height, positions, stride, describe, readout, children }: ScrubberProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [isFocused, setIsFocused] = useState(false);
  const last = positions.length - 1;
  const index = chosen === null ? null : Math.min(chosen, last);
  const point = ({ clientX, currentTarget }: PointerEvent) =>
    setChosen(nearest(positions, clientX - currentTarget.getBoundingClientRect().left));
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setChosen(null);
    const next = afterKey(event.key, index ?? last, last, stride);
    if (next === null) return;
    event.preventDefault();
    setChosen(next);
  };
  return (
    <div
      className={styles.scrubber}
      style={{ width, height }}
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={index ?? last}
      aria-valuetext={describe(index ?? last)}
      onKeyDown={press}
      onFocus={() => {
        setIsFocused(true);
        setChosen(index ?? last);
      }}
      onBlur={() => {
        setIsFocused(false);
        setChosen(null);
      }}
      onPointerDown={point}
      onPointerMove={point}
      onPointerLeave={() => !isFocused && setChosen(null)}
    >
      {children(index)}
      {index !== null && (
        <div className={styles.readout} style={besides(positions[index] ?? 0, width)} aria-hidden="true">
          {readout(index)}
        </div>
      )}
    </div>
  );
}

/** On the side where there is more room; at its very edge where the drawing is hardly wider than the words. */
function besides(x: number, width: number) {
  if (width < NARROW) return x < width / 2 ? { right: 0 } : { left: 0 };
  return x < width / 2 ? { left: x + READOUT_GAP } : { right: width - x + READOUT_GAP };
}

function nearest(positions: readonly number[], x: number): number {
  let best = 0;
  for (const [index, position] of positions.entries()) {
    if (Math.abs(position - x) < Math.abs((positions[best] ?? 0) - x)) best = index;
  }
  return best;
}

function afterKey(key: string, index: number, last: number, stride: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, index - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, index + 1);
    case 'PageDown':
      return Math.max(0, index - stride);
    case 'PageUp':
      return Math.min(last, index + stride);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
