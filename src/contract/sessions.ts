import { z } from 'zod';
import { email, object, oneOf, optionalText, personName, rule, text, uuid } from './fields.ts';
import { addMs, instant, instantText } from './instant.ts';

const HOUR_MS = 60 * 60 * 1000;

const sessionStatus = oneOf('completed', 'rescheduled', 'no_show');
const initiator = oneOf('tutor', 'student');

const rescheduleInfo = object({
  initiator: initiator.describe('Who asked for the move.'),
  original_time: instant.nullish().describe('Defaults to scheduled_time and must equal it.'),
  new_time: instant.nullish().describe('null = cancelled without a new time.'),
  reason: optionalText(2000).nullish(),
  reason_code: optionalText(100).nullish(),
  cancelled_at: instant
    .nullish()
    .describe('When the move was asked for; null = unknown. Absent: occurred_at, else the time of receipt.'),
}).meta({ id: 'RescheduleInfo' });

const tutorPart = object({ name: personName, email: email.nullish() }).meta({
  id: 'TutorPart',
  description: 'Creates the tutor, or updates it when the event is newer.',
});

/** The body of POST /api/sessions, and of each item of a batch. Rules between fields are in the refinement. */
export const sessionBody = object({
  session_id: uuid,
  tutor_id: uuid,
  student_id: text(255),
  scheduled_time: instant,
  status: sessionStatus,
  completed_time: instant.nullish().describe('Required when completed, else absent or null.'),
  duration_minutes: z
    .int(rule('must be a whole number of minutes'))
    .min(1, 'must be at least 1')
    .max(1440, 'must be at most 1440')
    .nullish(),
  reschedule_info: rescheduleInfo
    .nullish()
    .describe('Required when rescheduled. Absent leaves a stored reschedule alone, null removes it.'),
  tutor: tutorPart.nullish(),
  occurred_at: instant.nullish().describe("When the sender's record changed. Absent: the time of receipt."),
})
  .superRefine((body, context) => {
    for (const [field, message] of brokenRules(body)) {
      context.addIssue({ code: 'custom', path: field.split('.'), message });
    }
  })
  .meta({
    id: 'SessionEvent',
    example: {
      session_id: '7d444840-9dc0-11d1-b245-5ffdce74fad2',
      tutor_id: '0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3a',
      student_id: 's-1',
      scheduled_time: '2024-01-15T14:00:00Z',
      completed_time: '2024-01-15T15:30:00Z',
      status: 'completed',
      duration_minutes: 90,
      reschedule_info: {
        initiator: 'tutor',
        reason: 'Personal emergency',
        original_time: '2024-01-15T14:00:00Z',
        new_time: '2024-01-16T14:00:00Z',
      },
      tutor: { name: 'Maria Lopez', email: 'maria@example.com' },
    },
  });

export type SessionBody = z.output<typeof sessionBody>;

type FieldsInRules = {
  status: z.output<typeof sessionStatus>;
  scheduled_time: string;
  completed_time?: string | null | undefined;
  reschedule_info?: z.output<typeof rescheduleInfo> | null | undefined;
};

function* brokenRules(body: FieldsInRules): Generator<[field: string, message: string]> {
  const { status, scheduled_time, completed_time, reschedule_info: move } = body;
  if (status === 'completed' && completed_time == null)
    yield ['completed_time', 'is required when status is completed'];
  if (status !== 'completed' && completed_time != null)
    yield ['completed_time', 'is allowed only when status is completed'];
  if (completed_time != null && completed_time < scheduled_time)
    yield ['completed_time', 'must not be before scheduled_time'];
  if (move === null && status === 'rescheduled') yield ['reschedule_info', 'is required when status is rescheduled'];
  if (move == null) return;
  if (move.original_time != null && move.original_time !== scheduled_time) {
    yield ['reschedule_info.original_time', 'must equal scheduled_time'];
  }
  if (move.new_time != null && move.new_time <= scheduled_time) {
    yield ['reschedule_info.new_time', 'must be after original_time'];
  }
  if (move.cancelled_at != null && move.cancelled_at > addMs(scheduled_time, 24 * HOUR_MS)) {
    yield ['reschedule_info.cancelled_at', 'must be at most 24 hours after original_time'];
  }
}

const ingestOutcome = z.enum(['created', 'updated', 'unchanged', 'stale']);
export type IngestOutcome = z.infer<typeof ingestOutcome>;

export const sessionAccepted = z
  .object({ status: z.literal('accepted'), session_id: z.string(), outcome: ingestOutcome })
  .meta({ id: 'SessionAccepted' });

export const MAX_BATCH = 1000;

/** Items are read one by one, so that an invalid one does not stop the others. */
export const batchBody = object({ sessions: z.array(sessionBody, rule('must be a list')).max(MAX_BATCH) }).meta({
  id: 'SessionBatch',
});

export const batchResult = z
  .object({
    results: z.array(
      z.union([
        z.object({ index: z.int(), session_id: z.string(), outcome: ingestOutcome }),
        z.object({
          index: z.int(),
          error: z.string(),
          message: z.string(),
          details: z.record(z.string(), z.string()),
        }),
      ]),
    ),
  })
  .meta({ id: 'SessionBatchResult' });

export const rescheduleOut = z.object({
  id: z.string(),
  session_id: z.string(),
  original_time: instantText,
  new_time: instantText.nullable(),
  initiator,
  reason: z.string().nullable(),
  reason_code: z.string().nullable(),
  cancelled_at: instantText.nullable(),
  hours_before_session: z.number().nullable(),
});

export type RescheduleOut = z.output<typeof rescheduleOut>;

export const tutorSessions = z
  .object({
    sessions: z.array(
      z.object({
        id: z.string(),
        student_id: z.string(),
        scheduled_time: instantText,
        completed_time: instantText.nullable(),
        status: sessionStatus,
        duration_minutes: z.int().nullable(),
        reschedule: rescheduleOut.nullable(),
      }),
    ),
    total: z.int(),
    limit: z.int(),
    offset: z.int(),
  })
  .meta({ id: 'TutorSessions' });
export type TutorSessions = z.output<typeof tutorSessions>;
