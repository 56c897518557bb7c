import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './states.module.css';

/** Stands where content will be, in its size, so that nothing jumps when it comes. */
export function Skeleton({ width = '100%', height = 16 }: { width?: number | string; height?: number }) {
  return <span className={styles.skeleton} style={{ width, height }} />;
}

/** What is shown while something loads: drawn shapes for the eye, one sentence for a screen reader. */
export function Loading({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div role="status">
      <span className="visually-hidden">Loading {what} …</span>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}

/** Nothing to show: why, and what to do next. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.box}>
      <p className={styles.title}>{title}</p>
      {children}
    </div>
  );
}

type FailureProps = {
  /** "The tutors could not be loaded." */
  title: string;
  error: Error;
  retry?: (() => void) | undefined;
};

/** What happened, in the words of whoever failed, and a way to try again. */
export function Failure({ title, error, retry }: FailureProps) {
  return (
    <div className={styles.alarm} role="alert">
      <p className={styles.title}>{title}</p>
      <p>{error.message}</p>
      {retry && <Button onClick={retry}>Try again</Button>}
    </div>
  );
}
