import { useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import { formatThreshold } from '#contract/format.ts';
import { FLAG_LEVELS, readThreshold, THRESHOLD_RULE } from '#contract/threshold-question.ts';
import { OptionLink } from '../../components/option-link.tsx';
import { paths } from '../../paths.ts';
import { ChoiceGroup, optionClass } from '../../ui/choice.tsx';
import { inputClass } from '../../ui/field.tsx';
import styles from './controls.module.css';
import { addressOf, type ThresholdSearch } from './threshold-search.ts';
import { useDraft } from './use-draft.ts';
import { LEVEL_WORDS } from './words.ts';

/** Where the slider goes; in the field any threshold can be written. */
const RANGE = { min: 1, max: 50, step: 0.5 };

type ControlsProps = {
  search: ThresholdSearch;
  /** The threshold that the page is about, in per cent. */
  threshold: number;
  /** What is on screen is not yet about what is chosen. */
  isBusy: boolean;
};

/** Moves the threshold, by a slider or as a number, and chooses what raises a flag. */
export function Controls({ search, threshold, isBusy }: ControlsProps) {
  const navigate = useNavigate();
  const id = useId();
  const ask = (risk_threshold: number) =>
    void navigate({
      to: paths.threshold,
      search: addressOf(search, { risk_threshold }),
      replace: true,
      resetScroll: false,
    });
  const { text, change, isPending } = useDraft(threshold, ask);
  const wanted = readThreshold(text);
  // An empty field is not wrong yet: somebody is about to write in it.
  const isBroken = wanted === null && text !== '';
  const slid = onSlider(wanted ?? threshold);
  return (
    <div className={styles.controls}>
      <div className={styles.threshold}>
        <label className={styles.label} htmlFor={id}>
          Threshold
        </label>
        <input
          id={id}
          className={styles.slider}
          type="range"
          {...RANGE}
          value={slid}
          aria-valuetext={formatThreshold(slid)}
          onChange={({ target }) => change(target.value)}
        />
        <span className={styles.number}>
          <input
            className={inputClass}
            type="number"
            inputMode="decimal"
            min={0}
            max={100}
            step="any"
            value={text}
            aria-label="Threshold in per cent"
            aria-invalid={isBroken}
            aria-describedby={isBroken ? `${id}-error` : undefined}
            onChange={({ target }) => change(target.value)}
          />
          %
        </span>
        <span role="status" className={styles.busy}>
          {(isBusy || isPending) && 'Being worked out …'}
        </span>
        {isBroken && (
          <span id={`${id}-error`} className={styles.error}>
            {THRESHOLD_RULE}
          </span>
        )}
      </div>
      <div className={styles.levels}>
        <span className={styles.label} aria-hidden="true">
          Flag by
        </span>
        <ChoiceGroup label="Flag by">
          {FLAG_LEVELS.map((level) => (
            <OptionLink
              key={level}
              to={paths.threshold}
              search={addressOf(search, { level })}
              replace
              resetScroll={false}
              isChosen={level === search.level}
              className={optionClass}
            >
              {LEVEL_WORDS[level]}
            </OptionLink>
          ))}
        </ChoiceGroup>
      </div>
    </div>
  );
}

/** The place of the slider that is nearest to a threshold. */
function onSlider(threshold: number): number {
  const nearest = Math.round(threshold / RANGE.step) * RANGE.step;
  return Math.min(RANGE.max, Math.max(RANGE.min, nearest));
}
