import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, vi } from 'vitest';
import type { TutorList, TutorListItem } from '#contract/tutors.ts';
import type { OnWire } from '../src/api/wire.ts';
import { exampleEvidence } from './example-evidence.ts';
import { openWithClient } from './open-app.tsx';
import { signedInAs } from './users.ts';

type Tutor = OnWire<TutorListItem>;
type Answer = { tutors: Tutor[]; total?: number; evidence_counts?: Partial<TutorList['evidence_counts']> };

/** The page as the browser opens it, before an API that answers each question for tutors as the test says. */
export async function openTutors(address: string, answer: (query: Record<string, string>) => Answer) {
  const questions: Record<string, string>[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    const { pathname, searchParams } = new URL(path, 'http://localhost');
    if (pathname === '/api/me') return Response.json(signedInAs('coach').json);
    if (pathname !== '/api/tutors')
      return Response.json({ message: 'There is no tutor with this id.' }, { status: 404 });
    const question = Object.fromEntries(searchParams);
    questions.push(question);
    try {
      const { tutors, total = tutors.length, evidence_counts: told } = answer(question);
      const evidence_counts = { all: total, confirmed: 0, watch: 0, flagged: 0, clear: total, too_few: 0, ...told };
      const counts = { all: total, high_risk: 0, low_risk: total };
      return Response.json({ tutors, total, counts, evidence_counts, limit: 50, offset: Number(question['offset']) });
    } catch (error) {
      return Response.json({ message: error instanceof Error ? error.message : '' }, { status: 400 });
    }
  });
  const { client, history } = openWithClient(address);
  const addresses: string[] = [];
  history.subscribe(({ location }) => addresses.push(location.href));
  await screen.findByRole('heading', { name: 'Tutors' });
  await waitFor(() => expect(screen.queryByText('Loading tutors …')).toBeNull());
  const asked = () => questions.at(-1) ?? {};
  return { user: userEvent.setup(), client, history, addresses, asked };
}

/** The row of a tutor, as soon as it is there. */
export async function rowOf(name: string): Promise<HTMLElement> {
  return screen.findByRole('row', { name: new RegExp(name) });
}

/** Without sessions of its own a tutor is taken for what tutors are like. */
const NOTHING_KNOWN = exampleEvidence({
  evidence: 'too_few',
  risk_probability: 0.09,
  expected_rate: 7.85,
  expected_rate_lower: 1.45,
  expected_rate_upper: 17.9,
  evidence_sessions: 0,
  evidence_reschedules: 0,
});

/** A tutor as the list has it, with no sessions but those given. */
export function tutorOf(name: string, figures: Partial<Tutor>): Tutor {
  return {
    id: `id-of-${name.toLowerCase().replace(' ', '-')}`,
    name,
    is_active: true,
    is_high_risk: false,
    risk_threshold: 15,
    last_calculated_at: '2026-11-20T12:00:00.000Z',
    reschedule_rate_7d: 0,
    reschedule_rate_30d: 0,
    reschedule_rate_90d: 0,
    total_sessions_7d: 0,
    total_sessions_30d: 0,
    total_sessions_90d: 0,
    tutor_reschedules_7d: 0,
    tutor_reschedules_30d: 0,
    tutor_reschedules_90d: 0,
    ...NOTHING_KNOWN,
    ...figures,
  };
}
