import { countOf, formatNumber, formatThreshold } from '#contract/format.ts';
import styles from './figure-cards.module.css';
import type { Figures, ReplayData } from './threshold-data.ts';
import { formatChange, formatExpected, isSameSetting } from './words.ts';

/** What the chosen setting says, in four figures, each beside what is said as it is now. */
export function FigureCards({ replay }: { replay: ReplayData }) {
  const { chosen, current, tutors } = replay;
  const isCurrent = isSameSetting(chosen, current);
  const beside = (words: string) => (isCurrent ? 'this is how it is' : words);
  const above = formatThreshold(chosen.risk_threshold);
  return (
    <ul className={styles.cards}>
      <Figure
        label="Flagged now"
        value={formatNumber(chosen.flagged)}
        unit={`of ${countOf(tutors, 'active tutor')}`}
        line={beside(`${formatNumber(current.flagged)} as it is (${formatChange(chosen.flagged - current.flagged)})`)}
      />
      <Figure
        label="Wrong, to be expected"
        value={formatExpected(chosen.wrong)}
        unit={`of ${formatNumber(chosen.flagged)} flagged`}
        line={beside(`${formatExpected(current.wrong)} of ${formatNumber(current.flagged)} as it is`)}
      />
      <Figure
        label="Missed, to be expected"
        value={formatExpected(chosen.missed)}
        unit={`of ${formatExpected(chosen.above)} above ${above}`}
        line={beside(missedWords(current))}
      />
      <Figure
        label="Changes a day"
        value={formatExpected(chosen.changes_per_day)}
        unit={changesWords(chosen)}
        line={`in 90 days; ${beside(`${formatExpected(current.changes_per_day)} a day as it is`)}`}
      />
    </ul>
  );
}

function missedWords({ missed, above, risk_threshold }: Figures): string {
  return `${formatExpected(missed)} of ${formatExpected(above)} above ${formatThreshold(risk_threshold)} as it is`;
}

/** "71 opened, 70 closed" */
export function changesWords({ opened, closed }: Figures): string {
  return `${formatNumber(opened)} opened, ${formatNumber(closed)} closed`;
}

function Figure({ label, value, unit, line }: Record<'label' | 'value' | 'unit' | 'line', string>) {
  return (
    <li className={styles.card}>
      <span className={styles.label}>{label} </span>
      <span className={styles.figure}>
        <span className={styles.value}>{value}</span> <span className={styles.unit}>{unit}</span>
      </span>{' '}
      <span className={styles.line}>{line}</span>
    </li>
  );
}
