import type { Db } from '../src/database/connection.ts';

/** All that the audit log has, in the order in which it was noted. */
export async function auditRows(db: Db) {
  return db.selectFrom('audit_log').selectAll().orderBy('id').execute();
}
