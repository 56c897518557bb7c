import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { inputClass } from '../../ui/field.tsx';
import styles from './toolbar.module.css';

type SearchBoxProps = { ref: RefObject<HTMLInputElement | null>; value: string; onChange: (value: string) => void };

/** Between two letters nobody waits for an answer to the first. */
const PAUSE_MS = 200;
/** As much as the API takes. */
const MOST = 255;

/** Keeps its own text while somebody types, and tells the address after a short pause. */
export function SearchBox({ ref, value, onChange }: SearchBoxProps) {
  const id = useId();
  const [text, setText] = useState(value);
  const told = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (value === told.current) return;
    // The address was changed elsewhere, such as by "back": it is right, and what was not told yet is no longer meant.
    clearTimeout(timer.current);
    told.current = value;
    setText(value);
  }, [value]);
  const write = (next: string, pauseMs: number) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      told.current = next;
      onChange(next);
    }, pauseMs);
  };
  return (
    <div className={styles.search}>
      <label className="visually-hidden" htmlFor={id}>
        Search tutors
      </label>
      <input
        ref={ref}
        id={id}
        type="search"
        className={inputClass}
        placeholder="Search by name"
        maxLength={MOST}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) => write(target.value, PAUSE_MS)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return;
          event.preventDefault();
          write('', 0);
        }}
      />
    </div>
  );
}
