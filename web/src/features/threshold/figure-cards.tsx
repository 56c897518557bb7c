import { countOf, formatNumber, formatThreshold } from '#contract/format.ts';
import { Figure, FigureLine, FigureList, figureCardClass } from '../../ui/figure.tsx';
import type { Figures, ReplayData } from './threshold-data.ts';
import { changesWords, formatChange, formatChanges, formatExpected, isSameSetting, nightsWords } from './words.ts';

/** What the chosen setting says, in four figures, each beside what is said as it is now. */
export function FigureCards({ replay }: { replay: ReplayData }) {
  const { chosen, current, tutors, nights } = replay;
  const isCurrent = isSameSetting(chosen, current);
  const beside = (words: string) => (isCurrent ? 'this is how it is' : words);
  const above = formatThreshold(chosen.risk_threshold);
  return (
    <FigureList>
      <Card
        label="Flagged now"
        value={formatNumber(chosen.flagged)}
        unit={`of ${countOf(tutors, 'active tutor')}`}
        line={beside(flaggedWords(replay))}
      />
      <Card
        label="Wrong, to be expected"
        value={formatExpected(chosen.wrong)}
        unit={`of ${formatNumber(chosen.flagged)} flagged`}
        line={beside(`${formatExpected(current.wrong)} of ${formatNumber(current.flagged)} as it is`)}
      />
      <Card
        label="Missed, to be expected"
        value={formatExpected(chosen.missed)}
        unit={`of ${formatExpected(chosen.above)} above ${above}`}
        line={beside(missedWords(current))}
      />
      <Card
        label="Changes a day"
        value={formatChanges(chosen)}
        unit={changesWords(chosen)}
        line={
          nights === 0 ? NO_NIGHTS : `${nightsWords(nights)}; ${beside(`${formatChanges(current)} a day as it is`)}`
        }
      />
    </FigureList>
  );
}

/** The difference only where both are counted alike: what is stored and what a replay ends with can differ a little. */
function flaggedWords({ chosen, current, days }: ReplayData): string {
  const replayed = days.at(-1)?.current ?? current.flagged;
  const asItIs = `${formatNumber(current.flagged)} as it is`;
  if (chosen.risk_threshold === current.risk_threshold || replayed === current.flagged)
    return `${asItIs} (${formatChange(chosen.flagged - current.flagged)})`;
  return `${asItIs}; ${formatNumber(replayed)} by the replay (${formatChange(chosen.flagged - replayed)})`;
}

function missedWords({ missed, above, risk_threshold }: Figures): string {
  return `${formatExpected(missed)} of ${formatExpected(above)} above ${formatThreshold(risk_threshold)} as it is`;
}

const NO_NIGHTS = 'They are counted once there are sessions of 90 days and two weeks more.';

function Card({ line, ...figure }: Record<'label' | 'value' | 'unit' | 'line', string>) {
  return (
    <li className={figureCardClass}>
      <Figure {...figure} />
      <FigureLine>{line}</FigureLine>
    </li>
  );
}
