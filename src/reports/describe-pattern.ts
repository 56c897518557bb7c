import { formatNumber } from '../contract/format.ts';
import type { TutorPattern } from '../contract/pattern.ts';
import type { Pattern } from '../scoring/pattern.ts';
import { isolate, shorten, singleLine } from './clean-text.ts';
import { HOUR_BANDS_FROM, type NamedPlace, type PatternKind } from './places.ts';

/**
 * A pattern in words, with its figures. Foreign words in it, a student's id or a reason, are clean and short, and not
 * escaped.
 */
export function describePattern({ place, adjustedP, ratio }: Pattern<NamedPlace>): TutorPattern {
  const name = NAMES[place.kind](place.key);
  const figures = {
    kind: place.kind,
    name,
    moves_inside: place.inside.reschedules,
    moves_all: place.all.reschedules,
    sessions_inside: place.inside.sessions,
    sessions_all: place.all.sessions,
    rate_ratio: ratio?.ratio ?? null,
    rate_ratio_lower: ratio?.lower ?? 0,
    rate_ratio_upper: ratio?.upper ?? null,
    adjusted_p_value: adjustedP,
  };
  return { ...figures, sentence: sentenceOf(figures) };
}

/** What to ask a tutor whose moves gather there, to go after "ask". */
export function questionAbout({ kind, name }: TutorPattern): string {
  switch (kind) {
    case 'weekday':
      return `whether the ${name} hours still suit`;
    case 'hours':
      return `whether the hours ${name} still suit`;
    case 'student':
      return `how the sessions with student ${name} go, and whether the pairing suits both`;
    case 'first_session':
      return 'how first sessions are agreed, and have them confirmed the day before';
    case 'reason':
      return `what would help with the reason "${name}"`;
    case 'notice':
      return name === NOTICE_NAMES[3]
        ? 'whether what is known so early can be seen to when the hours are booked'
        : 'what comes up at such short notice, and whether it can be told earlier';
    default:
      return kind satisfies never;
  }
}

type Figures = Omit<TutorPattern, 'sentence'>;

/**
 * "Fridays: 12 of 20 moves, but 20 of 100 sessions; moved 6 times as often as on other days (between 2.5 and 15
 * times)." Counts first: a ratio alone would tell nobody how little it may rest on.
 */
function sentenceOf(figures: Figures): string {
  const { kind, name, moves_inside, moves_all, sessions_inside, sessions_all } = figures;
  const moves = `${formatNumber(moves_inside)} of ${formatNumber(moves_all)} moves`;
  const base = `${formatNumber(sessions_inside)} of ${formatNumber(sessions_all)}`;
  const subject = SUBJECTS[kind](name);
  const elsewhere = ELSEWHERE[kind];
  const compared = sessions_inside === 0 ? '' : `; ${timesOf(figures)}${rangeOf(figures)}`;
  if (elsewhere === null) return `${subject}: ${moves}, against ${base} moves of other tutors${compared}.`;
  return `${subject}: ${moves}, but ${base} sessions; moved ${timesOf(figures)} as ${elsewhere}${rangeOf(figures)}.`;
}

function timesOf({ rate_ratio, rate_ratio_lower }: Figures): string {
  return rate_ratio === null
    ? `at least ${formatRatio(rate_ratio_lower)} times as often`
    : `${formatRatio(rate_ratio)} times as often`;
}

/** How far the ratio may be off: its 95 % interval. An upper end in the hundreds tells nobody anything. */
function rangeOf({ rate_ratio, rate_ratio_lower, rate_ratio_upper }: Figures): string {
  if (rate_ratio === null || rate_ratio_upper === null) return '';
  const lower = formatRatio(rate_ratio_lower);
  if (rate_ratio_upper >= 100) return ` (at least ${lower} times)`;
  return ` (between ${lower} and ${formatRatio(rate_ratio_upper)} times)`;
}

function formatRatio(ratio: number): string {
  return formatNumber(Number(ratio.toFixed(ratio < 10 ? 1 : 0)));
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const NOTICE_NAMES = ['less than 6 hours', '6 to 24 hours', '1 to 3 days', '3 days or more'];
const NAME_LENGTH = 60;

const NAMES: Record<PatternKind, (key: string) => string> = {
  weekday: (key) => WEEKDAYS[Number(key) - 1] ?? key,
  hours: (key) => hoursName(Number(key)),
  notice: (key) => NOTICE_NAMES[Number(key)] ?? key,
  reason: (key) => foreign(key.replaceAll('_', ' ')),
  student: foreign,
  first_session: () => 'first session with a student',
};

const SUBJECTS: Record<PatternKind, (name: string) => string> = {
  weekday: (name) => `${name}s`,
  hours: (name) => `Sessions ${name}`,
  notice: (name) => `Notice of ${name}`,
  reason: (name) => `The reason "${name}"`,
  student: (name) => `Student ${name}`,
  first_session: () => 'First sessions with a student',
};

/** What the tutor's sessions there are compared with; `null` where other tutors are. */
const ELSEWHERE: Record<PatternKind, string | null> = {
  weekday: 'on other days',
  hours: 'at other hours',
  student: 'with other students',
  first_session: 'later ones',
  notice: null,
  reason: null,
};

function hoursName(band: number): string {
  const from = HOUR_BANDS_FROM[band - 1];
  const until = HOUR_BANDS_FROM[band];
  if (from === undefined) return `before ${until}:00`;
  return until === undefined ? `from ${from}:00 on` : `from ${from}:00 to ${until}:00`;
}

/** A foreign word as it stands in a sentence. */
export function foreign(words: string): string {
  return isolate(shorten(singleLine(words), NAME_LENGTH)) || '–';
}
