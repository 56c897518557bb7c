import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AS_OF } from '../../../test/example-overview.ts';
import { renderInApp } from '../../../test/render.tsx';
import { WhatChanged } from './what-changed.tsx';

const opened = {
  tutor_id: 'id-of-tom',
  tutor_name: 'Tom',
  change: 'opened' as const,
  at: AS_OF,
  window_days: 30,
  sessions: 27,
  reschedules: 5,
  rate: 18.52,
  risk_threshold: 15,
  close_reason: null,
};
const closed = { ...opened, tutor_name: 'Kai', change: 'closed' as const };

describe('WhatChanged', () => {
  it.each([
    [opened, 'flag opened', '5 of 27 in 30 days, above 15 %'],
    [{ ...closed, close_reason: 'rate_fell' }, 'flag closed', 'no window is above the threshold any more'],
    [{ ...closed, close_reason: 'threshold_raised' }, 'flag closed', 'the threshold was raised'],
  ])('says what changed and why', async (change, what, why) => {
    await renderInApp(<WhatChanged changes={[change]} />);
    const words = screen.getByRole('listitem').textContent;
    expect(words).toContain(what);
    expect(words).toContain(`${change.tutor_name} ${why}`);
    expect(screen.getByRole('link', { name: change.tutor_name }).getAttribute('href')).toBe('/tutors/id-of-tom');
  });

  it('lets no name turn round the words beside it', async () => {
    await renderInApp(<WhatChanged changes={[{ ...opened, tutor_name: 'evil\u202etxt.exe' }]} />);
    expect(screen.getByText('evil\u202etxt.exe').tagName).toBe('BDI');
  });

  it('says what will stand here while nothing has changed', async () => {
    await renderInApp(<WhatChanged changes={[]} />);
    expect(screen.getByText('Nothing has changed yet.')).toBeDefined();
    expect(screen.queryByRole('listitem')).toBeNull();
  });
});
