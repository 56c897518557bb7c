import type { FormEvent, ReactNode } from 'react';
import { calendarDay } from '../../search.ts';
import { Button } from '../../ui/button.tsx';
import { inputClass } from '../../ui/field.tsx';
import type { AuditSearch } from './audit-search.ts';
import styles from './audit-toolbar.module.css';

type DaysFormProps = {
  search: AuditSearch;
  onChange: (change: Partial<AuditSearch>) => void;
  /** What stands in the same line. */
  children: ReactNode;
};

/** The first and the last day. Sent by a button: a day that is half typed is none. */
export function DaysForm({ search: { from, to }, onChange, children }: DaysFormProps) {
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const days = new FormData(event.currentTarget);
    onChange({ from: calendarDay(days.get('from')), to: calendarDay(days.get('to')) });
  };
  return (
    // What the address says anew stands in the fields.
    <form key={`${from} ${to}`} className={styles.days} aria-label="Days" onSubmit={show}>
      <input
        type="date"
        name="from"
        aria-label="First day"
        className={inputClass}
        defaultValue={from}
        min="2000-01-01"
      />
      <span aria-hidden="true">to</span>
      <input type="date" name="to" aria-label="Last day" className={inputClass} defaultValue={to} min="2000-01-01" />
      <Button type="submit">Show</Button>
      {children}
    </form>
  );
}
