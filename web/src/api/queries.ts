import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Me } from '#contract/access.ts';
import type { Overview } from '#contract/overview.ts';
import type { ReportList } from '#contract/reports.ts';
import type { TutorSessions } from '#contract/sessions.ts';
import type { TutorDetail, TutorHistory, TutorInsights, TutorList, TutorRates } from '#contract/tutors.ts';
import { get, getText, withQuery } from './client.ts';
import type { OnWire } from './wire.ts';

/** What the dashboard reads, one function a question. Keys begin with the kind, so that a change finds what it concerns. */

type Values = Record<string, string | number | undefined>;

/** Who is signed in. Asked again like all else: in another tab it may have become somebody else. */
export function meQuery() {
  return queryOptions({
    queryKey: ['me'],
    queryFn: ({ signal }) => get<OnWire<Me>>('/api/me', signal),
  });
}

export function overviewQuery(windowDays: number) {
  return read<OnWire<Overview>>('overview', '/api/overview', { window_days: windowDays });
}

/** A page of tutors; the one before stays on screen until it is there. */
export function tutorsQuery(selection: Values) {
  return read<OnWire<TutorList>>('tutors', '/api/tutors', selection);
}

export function tutorQuery(id: string) {
  return queryOptions({
    queryKey: ['tutor', id],
    queryFn: async ({ signal }) => (await get<{ tutor: OnWire<TutorDetail> }>(tutorPath(id), signal)).tutor,
  });
}

export function ratesQuery(id: string, days: number) {
  return read<OnWire<TutorRates>>('tutor', `${tutorPath(id)}/rates`, { days });
}

export function historyQuery(id: string, days: number) {
  return read<OnWire<TutorHistory>>('tutor', `${tutorPath(id)}/history`, { days, limit: 500 });
}

export function insightsQuery(id: string) {
  return read<OnWire<TutorInsights>>('tutor', `${tutorPath(id)}/insights`, {});
}

export function sessionsQuery(id: string, page: { limit: number; offset: number }) {
  return read<OnWire<TutorSessions>>('tutor', `${tutorPath(id)}/sessions`, page);
}

export function reportsQuery(selection: Values) {
  return read<OnWire<ReportList>>('reports', '/api/reports', selection);
}

/** A report as text, its subject in the first line, or as the source of its mail. */
export function reportTextQuery(id: string, format: 'text' | 'source') {
  return queryOptions({
    queryKey: ['report', id, format],
    queryFn: ({ signal }) => getText(reportPath(id, format), signal),
  });
}

/** Where a report can be read as it is mailed. */
export function reportPath(id: string, format: 'html' | 'text' | 'source'): string {
  return withQuery(`/api/reports/${encodeURIComponent(id)}`, { format });
}

function read<Answer>(kind: string, path: string, values: Values) {
  return queryOptions({
    queryKey: [kind, path, values],
    queryFn: ({ signal }) => get<Answer>(withQuery(path, values), signal),
    // What was asked before stays on screen until the new answer is there: no flicker, no lost focus.
    placeholderData: keepPreviousData,
  });
}

function tutorPath(id: string): string {
  return `/api/tutors/${encodeURIComponent(id)}`;
}
