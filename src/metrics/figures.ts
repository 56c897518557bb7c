import { ALERTS } from '../alerts/alerts.ts';
import type { QueueCounts } from '../queue/signals.ts';
import type { Figure } from './expose.ts';
import type { StoredFigures } from './queries.ts';

/** What is asked for when somebody looks; `null` for what did not answer, of which then nothing is said. */
export type Asked = { stored: StoredFigures | null; queues: QueueCounts | null };

export function figuresOf({ stored, queues }: Asked): Figure[] {
  return [
    one('tq_database_up', 'Whether the database answered just now: 1 or 0.', stored === null ? 0 : 1),
    one('tq_queue_up', 'Whether the queue answered just now: 1 or 0.', queues === null ? 0 : 1),
    ...(queues === null ? [] : [queueFigure(queues)]),
    ...(stored === null ? [] : storedFigures(stored)),
  ];
}

function storedFigures(stored: StoredFigures): Figure[] {
  return [
    by('tq_tutors_to_rescore', 'Tutors on the work list.', 'state', {
      waiting: stored.marks_waiting,
      set_aside: stored.marks_set_aside,
    }),
    one('tq_oldest_mark_age_seconds', 'How long the longest waiting tutor waits.', stored.oldest_mark_age),
    one('tq_sessions_undecided', 'Sessions whose reports are not decided, at most 100,000.', stored.undecided),
    one('tq_oldest_undecided_age_seconds', 'How long the oldest of them waits.', stored.oldest_undecided_age),
    by('tq_reports', 'Reports that are not sent, at most 100,000 of a kind.', 'status', {
      pending: stored.reports_pending,
      sending: stored.reports_sending,
      failed: stored.reports_failed,
    }),
    one('tq_reports_due', 'Reports that should have been sent by now.', stored.reports_due),
    one('tq_oldest_report_due_age_seconds', 'How long the longest overdue report waits.', stored.oldest_due_age),
    ...(stored.watermark_age === null
      ? []
      : [one('tq_sweep_watermark_age_seconds', 'For how long no score was moved in time.', stored.watermark_age)]),
    by(
      'tq_alert_active',
      'Whether an alert of the product is on: 1 or 0.',
      'alert',
      Object.fromEntries(ALERTS.map((alert) => [alert, stored.active_alerts.includes(alert) ? 1 : 0])),
    ),
  ];
}

function queueFigure(queues: QueueCounts): Figure {
  const values = Object.entries(queues).flatMap(([queue, counts]) =>
    Object.entries(counts).map(([state, value]) => ({ labels: { queue, state }, value })),
  );
  return { name: 'tq_queue_jobs', help: 'Jobs of BullMQ, which only say that there is work.', values };
}

function one(name: string, help: string, value: number): Figure {
  return { name, help, values: [{ labels: {}, value }] };
}

function by(name: string, help: string, label: string, values: Record<string, number>): Figure {
  return {
    name,
    help,
    values: Object.entries(values).map(([key, value]) => ({ labels: { [label]: key }, value })),
  };
}
