import { screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { answerWith } from '../../../test/answers.ts';
import { exampleEvidence } from '../../../test/example-evidence.ts';
import { exampleTutorEvidence } from '../../../test/example-tutor-evidence.ts';
import { renderInApp } from '../../../test/render.tsx';
import { signedInAs } from '../../../test/users.ts';
import { TutorHeader } from './tutor-header.tsx';

afterEach(() => vi.unstubAllGlobals());

const ME = { 'GET /api/me': signedInAs('coach') };

const tutor = {
  id: '1',
  name: 'Maria Lopez',
  email: 'maria@example.com',
  is_active: true,
  created_at: '2026-02-03T12:00:00.000Z',
  scores: {
    reschedule_rate_7d: 0,
    reschedule_rate_30d: 31.03,
    reschedule_rate_90d: 10,
    is_high_risk: true,
    risk_threshold: 15,
    last_calculated_at: '2026-11-15T12:00:00.000Z',
    ...exampleEvidence(),
  },
  statistics: {
    total_sessions_7d: 4,
    total_sessions_30d: 29,
    total_sessions_90d: 90,
    tutor_reschedules_7d: 0,
    tutor_reschedules_30d: 9,
    tutor_reschedules_90d: 9,
  },
  open_flag: {
    opened_at: '2020-11-03T12:00:00.000Z',
    rule: 'evidence',
    level: 'confirmed' as const,
    risk_probability: 0.92,
    window_days: 90,
    sessions: 77,
    reschedules: 18,
    rate: 23.38,
    risk_threshold: 15,
  },
};

test('names the tutor, the tier, and why, with the day the flag was opened', async () => {
  answerWith({ ...ME, 'GET /api/tutors/1/evidence': { json: exampleTutorEvidence() } });
  await renderInApp(<TutorHeader tutor={tutor} asOf={undefined} />);
  expect(screen.getByRole('heading', { level: 1, name: 'Maria Lopez' })).toBeTruthy();
  expect(screen.getByText('Confirmed')).toBeTruthy();
  expect(await screen.findByText(exampleTutorEvidence().sentences[0] ?? '')).toBeTruthy();
  expect(screen.getByText(/^Confirmed since 3 Nov 2020 .* it began with 18 of 77 sessions in 90 days/)).toBeTruthy();
  expect(screen.getByText('By the rule: above 15 % in the last 30 days')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'maria@example.com' }).getAttribute('href')).toBe('mailto:maria@example.com');
  expect(screen.queryByText('Inactive')).toBeNull();
});

test('marks an inactive tutor without an email, and has no flag to speak of', async () => {
  answerWith({ ...ME, 'GET /api/tutors/1/evidence': { status: 500, json: { message: 'It broke.' } } });
  const scores = { ...tutor.scores, evidence: 'clear' as const, risk_probability: 0.03 };
  await renderInApp(
    <TutorHeader tutor={{ ...tutor, scores, email: null, is_active: false, open_flag: null }} asOf={undefined} />,
  );
  expect(screen.getByText('Inactive')).toBeTruthy();
  expect(screen.getByText('No email')).toBeTruthy();
  expect(screen.getByText('Clear')).toBeTruthy();
  expect(screen.getByText('Moved 20 of 85 sessions in 90 days: 3 % likely to be above 15 %.')).toBeTruthy();
  expect(screen.queryByText(/it began with/)).toBeNull();
});
