import type { ComponentProps, ReactNode } from 'react';
import styles from './table.module.css';

type TableProps = { caption: string; children: ReactNode };

/**
 * A table for reading down and across; on a phone each row becomes a small block. The roles are said aloud because a
 * table that is drawn as blocks is no table to a screen reader otherwise.
 */
export function Table({ caption, children }: TableProps) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table} role="table">
        <caption className="visually-hidden">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup">
      <tr role="row">{children}</tr>
    </thead>
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody role="rowgroup">{children}</tbody>;
}

type Alignment = { isNumber?: boolean };
export type Sorted = 'ascending' | 'descending' | 'none';

export function HeadCell({ isNumber = false, sorted, children }: Alignment & { sorted?: Sorted; children: ReactNode }) {
  return (
    <th scope="col" role="columnheader" aria-sort={sorted} className={isNumber ? styles.number : undefined}>
      {children}
    </th>
  );
}

type RowProps = ComponentProps<'tr'> & { isSelected?: boolean };

export function Row({ isSelected = false, className, ...rest }: RowProps) {
  const names = [styles.row, isSelected && styles.selected, className].filter(Boolean);
  return <tr role="row" className={names.join(' ')} {...rest} />;
}

type CellProps = Alignment & {
  /** What stands before the value where there is no head above it, on a phone. */
  label?: string | undefined;
  /** Names the row. */
  isLead?: boolean;
  /** Is not broken into lines, however narrow the table: a date, a word. */
  isWhole?: boolean;
  children: ReactNode;
};

export function Cell({ isNumber = false, isLead = false, isWhole = false, label, children }: CellProps) {
  const names = [isNumber ? styles.number : isLead && styles.lead, isWhole && styles.whole].filter(Boolean);
  return (
    <td role="cell" data-label={label} className={names.join(' ') || undefined}>
      {children}
    </td>
  );
}

/** What a sortable head is made of, around its words. */
export const sortClass = styles.sort;
