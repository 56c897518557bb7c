import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useId } from 'react';
import { onDay, useAsOf, yesterdayIn } from '../as-of.ts';
import { Button } from '../ui/button.tsx';
import { inputClass } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { useNow } from '../ui/use-now.ts';
import styles from './day-menu.module.css';
import { NowLink } from './now-link.tsx';
import { useBusinessZone } from './use-business-zone.ts';

/** Before this day nothing can be looked at: the API takes none. */
const FIRST_DAY = '2000-01-01';

/** Shows the pages that have a past as of the end of a day; `children` is what stands on its button. */
export function DayMenu({ name, children }: { name: string; children: ReactNode }) {
  const id = useId();
  const asOf = useAsOf();
  const navigate = useNavigate();
  const now = useNow();
  const zone = useBusinessZone();
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = new FormData(event.currentTarget).get('as_of');
    const day = typeof asked === 'string' ? asked : '';
    const menu = event.currentTarget.closest('details');
    menu?.removeAttribute('open');
    menu?.querySelector('summary')?.focus();
    void navigate({ to: '.', search: (search) => onDay(search, day), resetScroll: false });
  };
  return (
    <Menu
      look="quiet"
      name={name}
      label={
        <span className={styles.label}>
          {children}
          <Icon name="calendar" size={12} />
        </span>
      }
    >
      <form className={styles.form} onSubmit={show}>
        <label htmlFor={id}>Show all as of the end of</label>
        <input
          key={asOf}
          id={id}
          name="as_of"
          type="date"
          className={inputClass}
          defaultValue={asOf}
          min={FIRST_DAY}
          max={yesterdayIn(zone, now)}
          required
        />
        <Button type="submit">Show this day</Button>
        {asOf !== undefined && <NowLink />}
        <p className={styles.note}>Days are those of {zone}.</p>
      </form>
    </Menu>
  );
}
