import type { ReportListItem } from '#contract/reports.ts';
import type { OnWire } from '../src/api/wire.ts';

/** A report that was mailed, but for what a test says of it. */
export function sampleReport(change: Partial<OnWire<ReportListItem>> = {}): OnWire<ReportListItem> {
  return {
    id: '7d444840-9dc0-11d1-b245-5ffdce74fad2',
    session_id: '0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3a',
    tutor_id: '1c8f5dab-6e2a-4b64-8b65-1a3a8e2d3c4b',
    tutor_name: 'Maria Lopez',
    recipient_email: 'coach@example.com',
    status: 'sent',
    attempts: 1,
    sent_at: '2026-11-02T13:02:41.000Z',
    next_attempt_at: null,
    error_message: null,
    provider: 'smtp',
    created_at: '2026-11-02T13:02:40.000Z',
    ...change,
  };
}
