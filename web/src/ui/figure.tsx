import type { ReactNode } from 'react';
import styles from './figure.module.css';

/** Figures side by side, each in an item of its own. */
export function FigureList({ children }: { children: ReactNode }) {
  return <ul className={styles.list}>{children}</ul>;
}

export const figureCardClass = styles.card;
export const figureListClass = styles.list;

type FigureProps = { label: string; value: ReactNode; unit: string };

/** What is counted, how many, and of what. */
export function Figure({ label, value, unit }: FigureProps) {
  return (
    <>
      <span className={styles.label}>{label} </span>
      <span className={styles.figure}>
        <span className={styles.value}>{value}</span> <span className={styles.unit}>{unit} </span>
      </span>
    </>
  );
}

/** A line below a figure: what it means. */
export function FigureLine({ children }: { children: ReactNode }) {
  return <span className={styles.line}>{children} </span>;
}
