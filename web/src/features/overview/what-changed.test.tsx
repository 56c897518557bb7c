import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { exampleChange } from '../../../test/example-overview.ts';
import { renderInApp } from '../../../test/render.tsx';
import { WhatChanged } from './what-changed.tsx';

describe('WhatChanged', () => {
  it.each([
    [{}, 'Confirmed', '20 of 85 in 90 days, 93 % likely to be above 15 %'],
    [
      { change: 'closed', level: 'watch', close_reason: 'more_kept_sessions', risk_probability: 0.38 },
      'Watch ended',
      'sessions were kept; 38 % likely to be above 15 %',
    ],
  ] as const)('says what changed and why: %o', async (changes, what, why) => {
    await renderInApp(<WhatChanged changes={[exampleChange(changes)]} />);
    const words = screen.getByRole('listitem').textContent;
    expect(words).toContain(what);
    expect(words).toContain(`Tom ${why}`);
    expect(screen.getByRole('link', { name: 'Tom' }).getAttribute('href')).toBe('/tutors/id-of-tom');
  });

  it('lets no name turn round the words beside it', async () => {
    await renderInApp(<WhatChanged changes={[exampleChange({ tutor_name: 'evil\u202etxt.exe' })]} />);
    expect(screen.getByText('evil\u202etxt.exe').tagName).toBe('BDI');
  });

  it('says what will stand here while nothing has changed', async () => {
    await renderInApp(<WhatChanged changes={[]} />);
    expect(screen.getByText('Nothing has changed yet.')).toBeDefined();
    expect(screen.queryByRole('listitem')).toBeNull();
  });
});
