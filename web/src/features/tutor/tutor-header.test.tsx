import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderInApp } from '../../../test/render.tsx';
import { TutorHeader } from './tutor-header.tsx';

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
    rule: 'any_window_above_threshold',
    window_days: 30,
    sessions: 27,
    reschedules: 8,
    rate: 29.63,
    risk_threshold: 15,
  },
};

test('names the tutor, the risk, and why, with the day the flag was opened', async () => {
  await renderInApp(<TutorHeader tutor={tutor} />);
  expect(screen.getByRole('heading', { level: 1, name: 'Maria Lopez' })).toBeTruthy();
  expect(screen.getByText('High risk')).toBeTruthy();
  expect(screen.getByText('9 of 29', { exact: false })).toBeTruthy();
  expect(screen.getByText(/^High risk since 3 Nov 2020 .* opened on 8 of 27 sessions in 30 days\.$/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'maria@example.com' }).getAttribute('href')).toBe('mailto:maria@example.com');
  expect(screen.queryByText('Inactive')).toBeNull();
});

test('marks an inactive tutor without an email, and has no flag to speak of', async () => {
  const scores = { ...tutor.scores, is_high_risk: false };
  await renderInApp(<TutorHeader tutor={{ ...tutor, scores, email: null, is_active: false, open_flag: null }} />);
  expect(screen.getByText('Inactive')).toBeTruthy();
  expect(screen.getByText('No email')).toBeTruthy();
  expect(screen.getByText('Low risk')).toBeTruthy();
  expect(screen.queryByText(/opened on/)).toBeNull();
});
