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
        {level}, now. {noteOf(replay)}
      </p>
    </div>
  );
}

/** How the curve comes about: where it is exact, and where not quite. */
function noteOf({ chosen, current }: ReplayData): string {
  const stored = `At ${formatThreshold(current.risk_threshold)} it is what is stored`;
  if (chosen.level === 'literal') return `${stored}.`;
  const isSame = chosen.risk_threshold === current.risk_threshold;
  const replayed = isSame ? '' : `, at ${formatThreshold(chosen.risk_threshold)} what the replay ends with`;
  return (
    `${stored}${replayed}. At others what was said before is followed in steps of 15 days, which misses a few who ` +
    'stay flagged.'
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
