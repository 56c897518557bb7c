import type { InsertType, SelectType } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, type CatalogColumn, readCatalog } from '../../scripts/read-catalog.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import type { Database } from './schema.ts';

/**
 * What the row types say of every column. The compiler holds it against `schema.ts` and the test against the database,
 * so that the two cannot part.
 */
const COLUMNS: { [Table in keyof Database]: { [Column in keyof Database[Table]]: Kind<Database[Table][Column]> } } = {
  tutors: {
    id: 'string',
    name: 'string',
    name_search: 'string, generated',
    email: 'string, nullable',
    is_active: 'boolean, default',
    occurred_at: 'Date',
    email_occurred_at: 'Date, nullable',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
  sessions: {
    id: 'string',
    tutor_id: 'string',
    student_id: 'string',
    scheduled_time: 'Date',
    reported_time: 'Date',
    completed_time: 'Date, nullable',
    status: 'string',
    duration_minutes: 'number, nullable',
    occurred_at: 'Date',
    reschedule_occurred_at: 'Date, nullable',
    reschedule_heard_at: 'Date, nullable',
    reports_decided_at: 'Date, nullable',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
  reschedules: {
    id: 'string, default',
    session_id: 'string',
    tutor_id: 'string',
    initiator: 'string',
    original_time: 'Date',
    new_time: 'Date, nullable',
    reason: 'string, nullable',
    reason_code: 'string, nullable',
    cancelled_at: 'Date, nullable',
    cancelled_at_is_default: 'boolean',
    hours_before_session: 'number, nullable, generated',
    created_at: 'Date, default',
  },
  settings: { id: 'boolean, default', risk_threshold: 'number', updated_at: 'Date, default', updated_by: 'string' },
  tutor_scores: {
    id: 'string, default',
    tutor_id: 'string',
    total_sessions_7d: 'number, default',
    total_sessions_30d: 'number, default',
    total_sessions_90d: 'number, default',
    tutor_reschedules_7d: 'number, default',
    tutor_reschedules_30d: 'number, default',
    tutor_reschedules_90d: 'number, default',
    reschedule_rate_7d: 'number, generated',
    reschedule_rate_30d: 'number, generated',
    reschedule_rate_90d: 'number, generated',
    risk_threshold: 'number, default',
    is_high_risk: 'boolean, generated',
    last_calculated_at: 'Date, default',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
  tutors_to_rescore: {
    tutor_id: 'string',
    since: 'Date, default',
    mark: 'string, default',
    attempts: 'number, default',
    retry_at: 'Date, nullable',
    error: 'string, nullable',
  },
  risk_flags: {
    id: 'string, default',
    tutor_id: 'string',
    opened_at: 'Date',
    closed_at: 'Date, nullable',
    rule: 'string',
    window_days: 'number',
    sessions: 'number',
    reschedules: 'number',
    rate: 'number, generated',
    risk_threshold: 'number',
    close_reason: 'string, nullable',
  },
  sweep_state: { name: 'string', watermark: 'Date' },
  email_reports: {
    id: 'string, default',
    session_id: 'string',
    recipient_email: 'string',
    status: 'string, default',
    facts: 'object',
    send_number: 'number, default',
    attempts: 'number, default',
    next_attempt_at: 'Date, nullable',
    claimed_until: 'Date, nullable',
    unreachable_since: 'Date, nullable',
    sent_at: 'Date, nullable',
    error_message: 'string, nullable',
    provider: 'string, nullable',
    provider_message_id: 'string, nullable',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
  users: {
    id: 'string, default',
    email: 'string',
    name: 'string',
    role: 'string',
    email_verified: 'boolean, default',
    disabled_at: 'Date, nullable',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
  user_sessions: {
    id: 'string, default',
    token: 'string',
    user_id: 'string',
    expires_at: 'Date',
    user_agent: 'string, nullable',
    ip_address: 'string, nullable',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
  user_credentials: {
    id: 'string, default',
    account_id: 'string',
    provider_id: 'string',
    user_id: 'string',
    password: 'string',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
};

type Kind<Column> = `${Word<NonNullable<SelectType<Column>>>}${Nullable<Column>}${Filled<Column>}`;

type Word<Value> = Value extends Date
  ? 'Date'
  : Value extends string
    ? 'string'
    : Value extends number
      ? 'number'
      : Value extends boolean
        ? 'boolean'
        : 'object';

type Nullable<Column> = null extends SelectType<Column> ? ', nullable' : '';

type Filled<Column> = [InsertType<Column>] extends [never]
  ? ', generated'
  : null extends SelectType<Column>
    ? ''
    : undefined extends InsertType<Column>
      ? ', default'
      : '';

/** How `connection.ts` gives a value of each type back. */
const WORDS: Record<string, string> = {
  'timestamp with time zone': 'Date',
  uuid: 'string',
  text: 'string',
  integer: 'number',
  'numeric(5,2)': 'number',
  'numeric(9,2)': 'number',
  boolean: 'boolean',
  jsonb: 'object',
};

function kindOf({ type, is_not_null, is_generated, expression }: CatalogColumn): string {
  const filled = expression === null ? '' : is_generated ? ', generated' : ', default';
  return `${WORDS[type]}${is_not_null ? '' : ', nullable'}${filled}`;
}

describe('the tables', () => {
  let database: TestDatabase;
  let catalog: Catalog;

  beforeAll(async () => {
    database = await createTestDatabase();
    catalog = await readCatalog(database.db);
  });
  afterAll(() => database.drop());

  it('are what the row types say', () => {
    const tables = Object.groupBy(catalog.columns, ({ table }) => table);
    const found = Object.entries(tables).map(([table, columns = []]) => [
      table,
      Object.fromEntries(columns.map((column) => [column.name, kindOf(column)])),
    ]);
    expect(Object.fromEntries(found)).toEqual(COLUMNS);
  });

  it('hold every point in time as a timestamptz', () => {
    const times = catalog.columns.filter(
      ({ name, type }) => /time|date|interval/.test(type) || /_at$|_time$/.test(name),
    );
    expect(times.length).toBeGreaterThan(30);
    expect(new Set(times.map(({ type }) => type))).toEqual(new Set(['timestamp with time zone']));
  });

  it('say of every index of their own who reads it', () => {
    const explained = new Set(catalog.comments.map(({ object }) => object));
    expect(catalog.indexes.map(({ name }) => `INDEX ${name}`).filter((object) => !explained.has(object))).toEqual([]);
  });
});
