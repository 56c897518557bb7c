import type { Funnel } from '#contract/funnel.ts';
import type { OnWire } from '../src/api/wire.ts';
import { examplePrior } from './example-evidence.ts';

type Tutor = OnWire<Funnel>['tutors'][number];

/** A tutor within chance who is clear, but for what a test says of it. */
export function funnelTutor(name: string, changes: Partial<Tutor> = {}): Tutor {
  const { sessions = 50, reschedules = 4 } = changes;
  return {
    id: `id-of-${name.toLowerCase()}`,
    name,
    sessions,
    reschedules,
    rate: Math.round((10_000 * reschedules) / sessions) / 100,
    evidence: 'clear',
    risk_probability: 0.02,
    outside: null,
    outside_overdispersed: null,
    ...changes,
  };
}

/** The picture of these tutors around 8 %, with limits at two numbers of sessions. */
export function exampleFunnel(tutors: readonly Tutor[], changes: Partial<OnWire<Funnel>> = {}): OnWire<Funnel> {
  return {
    as_of: '2026-11-21T12:00:00.000Z',
    window_days: 90,
    risk_threshold: 15,
    centre: 8,
    phi: 2.1,
    tau_squared: 0.004,
    prior: examplePrior(),
    limits: [limitPoint(1, 40), limitPoint(100, 6)],
    tutors: [...tutors],
    ...changes,
  };
}

/** Limits that lie `reach` points around 8 %, the outer ones half as far again. */
function limitPoint(sessions: number, reach: number): OnWire<Funnel>['limits'][number] {
  const lower = (times: number) => Math.max(0, 8 - times * reach);
  const upper = (times: number) => Math.min(100, 8 + times * reach);
  return {
    sessions,
    lower_95: lower(1),
    upper_95: upper(1),
    lower_998: lower(1.5),
    upper_998: upper(1.5),
    overdispersed_lower_95: lower(2),
    overdispersed_upper_95: upper(2),
    overdispersed_lower_998: lower(2.5),
    overdispersed_upper_998: upper(2.5),
  };
}
