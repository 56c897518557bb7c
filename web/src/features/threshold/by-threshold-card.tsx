import { countOf, formatNumber, formatThreshold } from '#contract/format.ts';
import { ChartFrame } from '../../ui/chart/chart-frame.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import { BY_THRESHOLD_HEIGHT, ByThresholdChart } from './by-threshold-chart.tsx';
import styles from './chart.module.css';
import type { ReplayData } from './threshold-data.ts';
import { LEVEL_WORDS } from './words.ts';

/** How many the chosen level would flag now, by each threshold. */
export function ByThresholdCard({ replay }: { replay: ReplayData }) {
  const level = LEVEL_WORDS[replay.chosen.level];
  const remembers = replay.chosen.level !== 'literal';
  return (
    <div className={styles.card}>
      <ChartFrame
        title="How many does each threshold flag?"
        summary={summaryOf(replay)}
        height={BY_THRESHOLD_HEIGHT}
        table={<ByThresholdTable steps={replay.by_threshold} level={level} />}
        draw={(width) => <ByThresholdChart replay={replay} width={width} />}
      />
      <p className={styles.note}>
        {level}, now.
        {remembers && ' What was said before is followed in steps of 15 days, which misses a few who stay flagged.'}
      </p>
    </div>
  );
}

function summaryOf({ by_threshold, chosen, current }: ReplayData): string {
  const at = [1, 10, 20, 30].flatMap((threshold) => {
    const step = by_threshold.find(({ risk_threshold }) => risk_threshold === threshold);
    return step === undefined ? [] : [`${formatNumber(step.flagged)} at ${formatThreshold(threshold)}`];
  });
  return (
    `${LEVEL_WORDS[chosen.level]} would flag ${at.join(', ')}. The threshold is ` +
    `${formatThreshold(current.risk_threshold)}; ${formatThreshold(chosen.risk_threshold)} is chosen.`
  );
}

function ByThresholdTable({ steps, level }: { steps: ReplayData['by_threshold']; level: string }) {
  return (
    <Table caption={`${level}: tutors flagged today by each threshold`}>
      <TableHead>
        <HeadCell>Threshold</HeadCell>
        <HeadCell isNumber>Flagged</HeadCell>
      </TableHead>
      <TableBody>
        {steps.map(({ risk_threshold, flagged }) => (
          <Row key={risk_threshold}>
            <Cell isLead>{formatThreshold(risk_threshold)}</Cell>
            <Cell isNumber>{countOf(flagged, 'tutor')}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
