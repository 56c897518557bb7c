import { queryOptions } from '@tanstack/react-query';
import type { Me, OwnSessions } from '#contract/access.ts';
import type { AuditList } from '#contract/audit.ts';
import type { TutorEvidence } from '#contract/evidence.ts';
import type { Funnel } from '#contract/funnel.ts';
import type { Overview } from '#contract/overview.ts';
import type { ReportList } from '#contract/reports.ts';
import type { TutorSessions } from '#contract/sessions.ts';
import type { ThresholdReplay } from '#contract/threshold.ts';
import type { TutorHistory, TutorRates } from '#contract/tutor-history.ts';
import type { TutorDetail, TutorInsights, TutorList } from '#contract/tutors.ts';
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

/** Where the user is signed in. */
export function ownSessionsQuery() {
  return queryOptions({
    queryKey: ['own-sessions'],
    queryFn: ({ signal }) => get<OnWire<OwnSessions>>('/api/me/sessions', signal),
  });
}

/** The overview, or as it was at the end of a past day. */
export function overviewQuery(windowDays: number, asOf?: string) {
  return read<OnWire<Overview>>('overview', '/api/overview', { window_days: windowDays, as_of: asOf });
}

/** A page of tutors; the one before stays on screen until it is there. */
export function tutorsQuery(selection: Values) {
  return read<OnWire<TutorList>>('tutors', '/api/tutors', selection);
}

export function tutorQuery(id: string, asOf?: string) {
  return queryOptions({
    queryKey: ['tutor', id, { as_of: asOf }],
    queryFn: async ({ signal }) => {
      const path = withQuery(tutorPath(id), { as_of: asOf });
      return (await get<{ tutor: OnWire<TutorDetail> }>(path, signal)).tutor;
    },
    ...keptUpToDate(asOf),
  });
}

/** Why a tutor is in a tier, and what would change it. */
export function evidenceQuery(id: string, asOf?: string) {
  return read<OnWire<TutorEvidence>>('tutor', `${tutorPath(id)}/evidence`, { as_of: asOf });
}

export function ratesQuery(id: string, days: number, asOf?: string) {
  return read<OnWire<TutorRates>>('tutor', `${tutorPath(id)}/rates`, { days, as_of: asOf });
}

export function historyQuery(id: string, days: number, asOf?: string) {
  return read<OnWire<TutorHistory>>('tutor', `${tutorPath(id)}/history`, { days, limit: 500, as_of: asOf });
}

export function insightsQuery(id: string, asOf?: string) {
  return read<OnWire<TutorInsights>>('tutor', `${tutorPath(id)}/insights`, { as_of: asOf });
}

export function sessionsQuery(id: string, page: { limit: number; offset: number }, asOf?: string) {
  return read<OnWire<TutorSessions>>('tutor', `${tutorPath(id)}/sessions`, { ...page, as_of: asOf });
}

/** All tutors of a window against what chance does. */
export function funnelQuery(selection: Values) {
  return read<OnWire<Funnel>>('funnel', '/api/funnel', selection);
}

/** What another threshold, or another level of evidence, would change. */
export function thresholdQuery(question: Values) {
  return read<OnWire<ThresholdReplay>>('threshold', '/api/threshold', question);
}

export function reportsQuery(selection: Values) {
  return read<OnWire<ReportList>>('reports', '/api/reports', selection);
}

/** Who saw, changed and exported what. */
export function auditQuery(selection: Values) {
  return read<OnWire<AuditList>>('audit', '/api/audit', selection);
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
  const asOf = values['as_of'];
  return queryOptions({
    queryKey: [kind, path, values],
    queryFn: ({ signal }) => get<Answer>(withQuery(path, values), signal),
    placeholderData: keptFromBefore(asOf),
    ...keptUpToDate(asOf),
  });
}

/**
 * What was asked before stays on screen until the new answer is there: no flicker, no lost focus. But never the figures
 * of one day under the name of another.
 */
function keptFromBefore(asOf: unknown) {
  return <Before>(before: Before | undefined, query?: { queryKey: readonly unknown[] }): Before | undefined =>
    asOfOf(query?.queryKey) === asOf ? before : undefined;
}

/** What a question was asked about: a past day, or `undefined` for now. */
function asOfOf(queryKey: readonly unknown[] | undefined): unknown {
  const values = queryKey?.[2];
  return typeof values === 'object' && values !== null && 'as_of' in values ? values.as_of : undefined;
}

/** The past is not asked for again by itself. */
function keptUpToDate(asOf: unknown) {
  return asOf === undefined ? {} : { refetchInterval: false as const, refetchOnWindowFocus: false };
}

function tutorPath(id: string): string {
  return `/api/tutors/${encodeURIComponent(id)}`;
}
