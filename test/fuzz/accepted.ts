import type { FuzzRequest } from './fuzz-request.ts';
import type { Reply } from './wire.ts';

/** What may differ in the database since it was last looked at, and what has to be there. */
export type Accepted = {
  sessions: Set<string>;
  created: Set<string>;
  tutors: Set<string>;
  hasSettings: boolean;
  hasResent: boolean;
};

export function nothingAccepted(): Accepted {
  return { sessions: new Set(), created: new Set(), tutors: new Set(), hasSettings: false, hasResent: false };
}

/** Notes what an answer admits to have stored; a request that got no answer may have stored what it says. */
export function noteAccepted(accepted: Accepted, request: FuzzRequest, { answers }: Reply): void {
  if (request.isBrokenHttp) return;
  const [answer] = answers;
  if (answer !== undefined && answer.status >= 300) return;
  const path = request.target.split(/[?#]/)[0]?.replace(/\/$/, '') ?? '';
  const sent = fieldsOf(request.content);
  const said = fieldsOf(answer?.body ?? request.content);
  if (request.method === 'PUT' && path === '/api/settings') accepted.hasSettings = true;
  if (request.method === 'PUT') accepted.tutors.add(decodeURIComponent(path.split('/').at(-1) ?? '').toLowerCase());
  if (path.endsWith('/resend')) accepted.hasResent = true;
  if (path === '/api/sessions') note(accepted, sent, said['outcome']);
  if (path !== '/api/sessions/batch') return;
  const items = listOf(sent['sessions']);
  for (const [index, result] of listOf(said['results'] ?? sent['sessions']).entries()) {
    const { outcome } = recordOf(result);
    if (outcome !== undefined || answer === undefined) note(accepted, recordOf(items[index]), outcome);
  }
}

function note(accepted: Accepted, { session_id, tutor_id }: Record<string, unknown>, outcome: unknown): void {
  accepted.sessions.add(String(session_id).toLowerCase());
  accepted.tutors.add(String(tutor_id).toLowerCase());
  if (outcome === 'created') accepted.created.add(String(session_id).toLowerCase());
}

/** The fields of a body; a mark at its beginning is none of it. */
function fieldsOf(body: Buffer): Record<string, unknown> {
  try {
    return recordOf(JSON.parse(body.toString().replace(/^\ufeff/, '')));
  } catch {
    return {};
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
