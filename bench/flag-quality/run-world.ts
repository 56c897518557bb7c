import type { CountWindow } from '../../src/scoring/daily-windows.ts';
import type { RateBelief } from '../../src/scoring/posterior.ts';
import type { RiseCharts } from '../../src/scoring/rise.ts';
import { type IdealTally, idealTally } from './ideal.ts';
import { type Marketplace, simulate } from './marketplace.ts';
import { type Delay, type Tally, tallyOf } from './measure.ts';
import { type AlarmTally, alarmTally, watchTutor } from './rises.ts';
import { literalRule, nightlyPriors, type Rule, tierRule, tiersOf } from './rules.ts';
import { namedDays, stormDays, windowsWithout } from './windows.ts';
import type { World } from './worlds.ts';

/** One world played with one seed. */
export type Run = {
  world: World;
  seed: number;
  rules: RuleRun[];
  ideal: IdealTally;
  alarms: AlarmTally;
  /** The same with the sessions of all days. */
  alarmsOfAllDays: AlarmTally;
  days: { named: number; missed: number; namedWrongly: number };
};

type RuleRun = { name: string; tally: Tally; delays: Delay[] };

export const LITERAL = 'literal: any window above 15 %';
export const OURS = ['confirmed', 'confirmed or watch'] as const;
/** The same where no day is left out. */
export const ALL_DAYS = ['confirmed, all days counted', 'confirmed or watch, all days counted'] as const;

export function runWorld(world: World, seed: number, charts: RiseCharts): Run {
  const marketplace = simulate(world, seed);
  const all = windowsWithout([], marketplace);
  const [named, storms] = [namedDays(marketplace), stormDays(marketplace)];
  const count = windowsWithout(named, marketplace);
  const priorOf = nightlyPriors(world.tutors, count);
  const alarms = marketplace.tutors.map((tutor) => watchTutor(tutor, named, priorOf, charts));
  const rules = [...literalRules(world, all), ...ourRules(world, count, priorOf, alarms)];
  if (world.storms.length > 0) rules.push(...rulesOfAllDays(world, all));
  return {
    world,
    seed,
    rules: rules.map((rule) => measured(rule, marketplace, all)),
    ideal: idealTally(marketplace, windowsWithout(storms, marketplace), all),
    alarms: alarmTally(marketplace, alarms),
    alarmsOfAllDays: alarmTally(
      marketplace,
      marketplace.tutors.map((tutor) => watchTutor(tutor, [], priorOf, charts)),
    ),
    days: {
      named: named.filter((isNamed, day) => isNamed && storms[day]).length,
      missed: named.filter((isNamed, day) => !isNamed && storms[day]).length,
      namedWrongly: named.filter((isNamed, day) => isNamed && !storms[day]).length,
    },
  };
}

function measured(rule: Rule, marketplace: Marketplace, all: CountWindow): RuleRun {
  const { delays, ...tally } = tallyOf(rule, marketplace, all);
  return { name: rule.name, tally, delays };
}

function literalRules({ tutors }: World, all: CountWindow): Rule[] {
  return [
    literalRule(LITERAL, 1, tutors, all),
    literalRule('literal, of 10 sessions or more', 10, tutors, all),
    literalRule('literal, of 20 sessions or more', 20, tutors, all),
  ];
}

/** Ours, and what was tried beside it. */
function ourRules(
  { tutors }: World,
  count: CountWindow,
  priorOf: (day: number) => RateBelief,
  alarms: readonly (readonly number[])[],
): Rule[] {
  const quarter = (tutor: number, day: number) => count(tutor, day, 90);
  const halfYear = (tutor: number, day: number) => {
    const [recent, both] = [count(tutor, day, 90), count(tutor, day, 180)];
    return {
      sessions: (recent.sessions + both.sessions) / 2,
      reschedules: (recent.reschedules + both.reschedules) / 2,
    };
  };
  const steady = tiersOf(tutors, priorOf, { countsOf: quarter, remember: (before) => before });
  const forgetful = tiersOf(tutors, priorOf, { countsOf: quarter, remember: () => null });
  const longer = tiersOf(tutors, priorOf, { countsOf: halfYear, remember: (before) => before });
  const ours = tierRule(OURS[1], steady, ['confirmed', 'watch']);
  return [
    tierRule(OURS[0], steady, ['confirmed']),
    ours,
    tierRule('tried: confirmed, no hysteresis', forgetful, ['confirmed']),
    tierRule('tried: confirmed or watch, no hysteresis', forgetful, ['confirmed', 'watch']),
    tierRule('tried: confirmed, half weight to days 91-180', longer, ['confirmed']),
    tierRule('tried: the same, confirmed or watch', longer, ['confirmed', 'watch']),
    withAlarms('tried: confirmed, watch, or alarm in 30 days', ours, alarms),
  ];
}

/** The rule, and for a month whoever gave an alarm. */
function withAlarms(name: string, rule: Rule, alarms: readonly (readonly number[])[]): Rule {
  return {
    name,
    flagsOn: (day) =>
      rule
        .flagsOn(day)
        .map(
          (isFlagged, tutor) => isFlagged || (alarms[tutor] ?? []).some((alarm) => alarm <= day && alarm > day - 30),
        ),
  };
}

function rulesOfAllDays({ tutors }: World, all: CountWindow): Rule[] {
  const countsOf = (tutor: number, day: number) => all(tutor, day, 90);
  const tiers = tiersOf(tutors, nightlyPriors(tutors, all), { countsOf, remember: (before) => before });
  return [tierRule(ALL_DAYS[0], tiers, ['confirmed']), tierRule(ALL_DAYS[1], tiers, ['confirmed', 'watch'])];
}
