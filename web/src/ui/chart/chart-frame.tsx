import { type ReactNode, useId, useState } from 'react';
import { Button } from '../button.tsx';
import { useWidth } from '../use-width.ts';
import styles from './chart.module.css';

type ChartFrameProps = {
  /** The question that the drawing answers. */
  title: string;
  /** The answer in a sentence, for those who do not see the drawing. */
  summary: string;
  /** The same figures as a table. */
  table: ReactNode;
  height: number;
  controls?: ReactNode;
  draw: (width: number) => ReactNode;
};

/** What every chart has around it: its question, a sentence that sums it up, and its figures as a table on demand. */
export function ChartFrame({ title, summary, table, height, controls, draw }: ChartFrameProps) {
  const [isTable, setIsTable] = useState(false);
  const [ref, width] = useWidth<HTMLDivElement>();
  const id = useId();
  return (
    <figure aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        <div className="no-print">
          {controls}
          <Button look="quiet" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
            {isTable ? 'Show as chart' : 'Show as table'}
          </Button>
        </div>
      </div>
      <p className="visually-hidden">{summary}</p>
      <div ref={ref} className={styles.drawing} style={isTable ? undefined : { minHeight: height }}>
        {isTable ? table : width > 0 && draw(width)}
      </div>
    </figure>
  );
}
