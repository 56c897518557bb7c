/** What to generate. `asOf` is the instant at which the period of `days` times 24 hours ends. */
export type GenerateOptions = {
  tutors: number;
  sessions: number;
  days: number;
  seed: number;
  asOf: Date;
  /** IANA name of the business time zone: weekdays and hours are meant there. */
  timezone: string;
};

export type RiskClass = 'low' | 'medium' | 'high';

export type SyntheticTutor = {
  id: string;
  name: string;
  email: string;
  is_active: boolean;
  created_at: Date;
  risk_class: RiskClass;
  /** Share of the tutor's sessions that the generator lets the tutor move, 0..1; the realised share is close to it. */
  true_rate: number;
};

export type SyntheticReschedule = {
  initiator: 'tutor' | 'student';
  original_time: string;
  /** null = cancelled. */
  new_time: string | null;
  reason: string;
  reason_code: string;
  cancelled_at: string;
};

/** The body of `POST /api/sessions`; every time is ISO 8601 in UTC with milliseconds. */
export type SyntheticSession = {
  session_id: string;
  tutor_id: string;
  student_id: string;
  scheduled_time: string;
  completed_time?: string;
  status: 'completed' | 'rescheduled' | 'no_show';
  duration_minutes: number;
  reschedule_info?: SyntheticReschedule;
  /** When the platform's record changed. */
  occurred_at: string;
};

export type SyntheticData = { tutors: SyntheticTutor[]; sessions: SyntheticSession[] };
