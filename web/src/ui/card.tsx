import { type ReactNode, useId } from 'react';
import styles from './card.module.css';

type CardProps = { title: string; aside?: ReactNode; children: ReactNode };

/** A part of a page with a heading that names it. */
export function Card({ title, aside, children }: CardProps) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {aside !== undefined && <div className={styles.aside}>{aside}</div>}
      </div>
      {children}
    </section>
  );
}
