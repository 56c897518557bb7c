import { formatNumber, formatThreshold } from '#contract/format.ts';
import { Card } from '../../ui/card.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';
import styles from './rules-table.module.css';
import type { Figures, ReplayData } from './threshold-data.ts';
import { changesWords, formatChanges, formatExpected, LEVEL_WORDS, nightsWords, settingWords } from './words.ts';

/** The three levels at the chosen threshold beside each other, and how it is now. */
export function RulesTable({ replay: { rules, current, chosen, nights } }: { replay: ReplayData }) {
  const title = `What would each level say at ${formatThreshold(chosen.risk_threshold)}?`;
  return (
    <Card title={title}>
      <Table caption={title}>
        <TableHead>
          <HeadCell>Flag by</HeadCell>
          <HeadCell isNumber>Flagged now</HeadCell>
          <HeadCell isNumber>Wrong</HeadCell>
          <HeadCell isNumber>Missed</HeadCell>
          <HeadCell isNumber>Changes a day</HeadCell>
        </TableHead>
        <TableBody>
          {rules.map((figures) => (
            <FiguresRow
              key={figures.level}
              name={LEVEL_WORDS[figures.level]}
              figures={figures}
              isChosen={figures.level === chosen.level}
            />
          ))}
          <FiguresRow name={`As it is: ${settingWords(current)}`} figures={current} />
        </TableBody>
      </Table>
      <p className={styles.note}>
        Wrong and missed are numbers to be expected: of ten tutors who are 90 % likely to be above the threshold, nine
        are and one is not. {changesNote(nights)}
      </p>
      <p className={styles.note}>
        At {formatThreshold(current.risk_threshold)}, the stored threshold, flagged, wrong and missed are told from what
        is stored; everything else is by the replay.
      </p>
    </Card>
  );
}

function changesNote(nights: number): string {
  if (nights === 0)
    return 'Changes are not counted yet: no night has sessions of 90 days and two weeks more behind it.';
  return (
    `Changes are counted ${nightsWords(nights)}, of the last 90, played again night by night from the sessions as they ` +
    'are known today.'
  );
}

type FiguresRowProps = { name: string; figures: Figures; isChosen?: boolean };

function FiguresRow({ name, figures, isChosen = false }: FiguresRowProps) {
  const { flagged, wrong, missed, above } = figures;
  return (
    <Row isSelected={isChosen} aria-current={isChosen ? 'true' : undefined}>
      <Cell isLead>{name}</Cell>
      <Cell isNumber label="Flagged now">
        {formatNumber(flagged)}
      </Cell>
      <Cell isNumber label="Wrong">
        <Value value={formatExpected(wrong)} of={`of ${formatNumber(flagged)}`} />
      </Cell>
      <Cell isNumber label="Missed">
        <Value value={formatExpected(missed)} of={`of ${formatExpected(above)} above`} />
      </Cell>
      <Cell isNumber label="Changes a day">
        <Value value={formatChanges(figures)} of={changesWords(figures)} />
      </Cell>
    </Row>
  );
}

/** A figure, and what it is a part of. */
function Value({ value, of }: { value: string; of: string }) {
  return (
    <span className={styles.value}>
      {value} <span className={styles.of}>{of}</span>
    </span>
  );
}
