import type { AuditRecord } from '#contract/audit.ts';
import type { OnWire } from '../src/api/wire.ts';

/** A look at a tutor by a user, but for what a test says of it. */
export function sampleRecord(change: Partial<OnWire<AuditRecord>> = {}): OnWire<AuditRecord> {
  return {
    id: 1,
    at: '2026-11-02T13:02:41.000Z',
    actor_kind: 'user',
    actor_id: '7d444840-9dc0-11d1-b245-5ffdce74fad2',
    actor_name: 'Ada Lovelace',
    action: 'saw',
    subject_kind: 'tutor',
    subject_id: '1c8f5dab-6e2a-4b64-8b65-1a3a8e2d3c4b',
    subject_name: 'Maria Lopez',
    tutor_id: '1c8f5dab-6e2a-4b64-8b65-1a3a8e2d3c4b',
    request_id: 'request-1',
    details: {},
    ...change,
  };
}
