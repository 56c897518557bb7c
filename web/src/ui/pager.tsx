import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import styles from './pager.module.css';

type PagerProps = {
  /** Counted from 1. */
  page: number;
  pageSize: number;
  total: number;
  /** A link to another page around these words. */
  link: (page: number, words: ReactNode, name: string) => ReactNode;
};

const NUMBERS = new Intl.NumberFormat('en-US');

/** Which part of a long list is on screen, and the ways to its neighbours. */
export function Pager({ page, pageSize, total, link }: PagerProps) {
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const words =
    total === 0 || first > total
      ? `none of ${NUMBERS.format(total)}`
      : `${NUMBERS.format(first)}–${NUMBERS.format(last)} of ${NUMBERS.format(total)}`;
  return (
    <nav className={styles.pager} aria-label="Pages of the list">
      <span>{words}</span>
      {page > 1 &&
        link(
          Math.min(page - 1, pages),
          <>
            <Icon name="left" /> Previous
          </>,
          'Previous page',
        )}
      {page < pages &&
        link(
          page + 1,
          <>
            Next <Icon name="right" />
          </>,
          'Next page',
        )}
    </nav>
  );
}
