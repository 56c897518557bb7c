import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { ActorKind, AuditAction, AuditSubject } from '../../contract/audit-words.ts';

export type Instant = ColumnType<Date, Date | string, Date | string>;
export type NullableInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
export type DefaultInstant = ColumnType<Date, Date | string | undefined, Date | string>;

/** What the product keeps of its own operation; of the marketplace these tables know nothing but ids. */
export type OperationTables = {
  alerts: { name: string; since: Instant; over_at: NullableInstant; told_at: NullableInstant };
  alert_mails: { id: Generated<boolean>; mail_id: Generated<string>; next_at: Instant; failures: Generated<number> };
  failing_jobs: { name: string; since: Instant; failures: Generated<number> };
  audit_log: AuditLogTable;
  data_versions: { subject: 'marketplace' | 'reports'; day: string; slot: number; version: number };
};

type AuditLogTable = {
  id: GeneratedAlways<number>;
  at: DefaultInstant;
  actor_kind: ActorKind;
  actor_id: string | null;
  action: AuditAction;
  subject_kind: AuditSubject;
  subject_id: string | null;
  request_id: string | null;
  details: Generated<Record<string, unknown>>;
};
