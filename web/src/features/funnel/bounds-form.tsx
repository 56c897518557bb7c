import { useNavigate } from '@tanstack/react-router';
import { type ComponentProps, type FormEvent, useId } from 'react';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { inputClass } from '../../ui/field.tsx';
import { hasBounds } from './funnel-data.ts';
import { FunnelLink } from './funnel-link.tsx';
import styles from './funnel-page.module.css';
import { changed, type FunnelSearch, MOST_SESSIONS, NO_BOUNDS, readFunnelSearch } from './funnel-search.ts';

/** What a rectangle in the picture selects, as figures: for the keyboard, and to be exact. */
export function BoundsForm({ search }: { search: FunnelSearch }) {
  const navigate = useNavigate();
  const select = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { sessions_from, sessions_to, rate_from, rate_to } = readFunnelSearch(
      Object.fromEntries(new FormData(event.currentTarget)),
    );
    const bounds = { sessions_from, sessions_to, rate_from, rate_to };
    void navigate({ to: paths.funnel, search: changed(search, bounds), resetScroll: false });
  };
  const { sessions_from, sessions_to, rate_from, rate_to } = search;
  return (
    // What the address says anew, such as by a rectangle, stands in the fields.
    <form
      key={[sessions_from, sessions_to, rate_from, rate_to].join()}
      className={`${styles.bounds} no-print`}
      aria-label="Selection"
      onSubmit={select}
    >
      <fieldset>
        <legend>Sessions</legend>
        <Bound label="Sessions from" name="sessions_from" value={sessions_from} max={MOST_SESSIONS} />
        <span aria-hidden="true">to</span>
        <Bound label="Sessions to" name="sessions_to" value={sessions_to} max={MOST_SESSIONS} />
      </fieldset>
      <fieldset>
        <legend>Rate in %</legend>
        <Bound label="Rate from, in per cent" name="rate_from" value={rate_from} max={100} step="any" />
        <span aria-hidden="true">to</span>
        <Bound label="Rate to, in per cent" name="rate_to" value={rate_to} max={100} step="any" />
      </fieldset>
      <Button type="submit">Select</Button>
      {hasBounds(search) ? (
        <FunnelLink search={search} change={NO_BOUNDS} className={buttonClass('quiet')}>
          Clear selection
        </FunnelLink>
      ) : (
        <span className={styles.hint}>or draw a rectangle in the picture</span>
      )}
    </form>
  );
}

type BoundProps = Pick<ComponentProps<'input'>, 'name' | 'max' | 'step'> & { label: string; value: number | undefined };

function Bound({ label, value, ...rest }: BoundProps) {
  const id = useId();
  return (
    <>
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <input id={id} type="number" className={inputClass} min={0} defaultValue={value} {...rest} />
    </>
  );
}
