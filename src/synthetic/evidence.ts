import { DAY_MS } from '../scoring/window.ts';
import { MINUTE_MS } from './calendar.ts';
import type {
  GenerateOptions,
  RiskClass,
  SyntheticData,
  SyntheticReschedule,
  SyntheticSession,
  SyntheticTutor,
} from './synthetic-data.ts';
import { CLASS_WINDOW_MS } from './targets.ts';

/** A session as the audit measures it. Times are milliseconds of UTC. */
export type MeasuredSession = {
  session: SyntheticSession;
  start: number;
  end: number;
  move: (SyntheticReschedule & { noticeHours: number }) | null;
};

/** A tutor with the sessions in time order, and what the 90-day rate is made of. */
export type MeasuredTutor = {
  tutor: SyntheticTutor;
  sessions: MeasuredSession[];
  recentSessions: number;
  recentMoves: number;
};

/** Generated data, read afresh from what will be sent: nothing that the generator knew is used. */
export type Evidence = {
  options: GenerateOptions;
  sessions: MeasuredSession[];
  tutors: MeasuredTutor[];
  byClass: Record<RiskClass, MeasuredTutor[]>;
  tutorMoves: MeasuredSession[];
};

/** Measures generated data. Sessions of an unknown tutor count in the totals and belong to no tutor. */
export function measure({ tutors, sessions }: SyntheticData, options: GenerateOptions): Evidence {
  const measured = sessions.map(measureSession);
  const byTutor = Map.groupBy(measured, ({ session }) => session.tutor_id);
  const measuredTutors = tutors.map((tutor) => measureTutor(tutor, byTutor.get(tutor.id) ?? [], options.asOf));
  const ofClass = (name: RiskClass): MeasuredTutor[] => measuredTutors.filter(({ tutor }) => tutor.risk_class === name);
  return {
    options,
    sessions: measured,
    tutors: measuredTutors,
    byClass: { low: ofClass('low'), medium: ofClass('medium'), high: ofClass('high') },
    tutorMoves: measured.filter(isTutorMove),
  };
}

export function isTutorMove({ move }: MeasuredSession): boolean {
  return move?.initiator === 'tutor';
}

/** Start of the period that was asked for. */
export function periodStart({ asOf, days }: GenerateOptions): number {
  return asOf.getTime() - days * DAY_MS;
}

function measureSession(session: SyntheticSession): MeasuredSession {
  const start = Date.parse(session.scheduled_time);
  const { reschedule_info } = session;
  return {
    session,
    start,
    end: start + session.duration_minutes * MINUTE_MS,
    move:
      reschedule_info === undefined
        ? null
        : {
            ...reschedule_info,
            noticeHours: (start - Date.parse(reschedule_info.cancelled_at)) / (60 * MINUTE_MS),
          },
  };
}

function measureTutor(tutor: SyntheticTutor, sessions: MeasuredSession[], asOf: Date): MeasuredTutor {
  const recentFrom = asOf.getTime() - CLASS_WINDOW_MS;
  const recent = sessions.filter(({ start }) => start >= recentFrom && start < asOf.getTime());
  return {
    tutor,
    sessions: sessions.toSorted((one, other) => one.start - other.start),
    recentSessions: recent.length,
    recentMoves: recent.filter(isTutorMove).length,
  };
}
