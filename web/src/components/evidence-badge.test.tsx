import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { EvidenceBadge, type EvidenceTier } from './evidence-badge.tsx';

test.each<[EvidenceTier, string]>([
  ['confirmed', 'Confirmed'],
  ['watch', 'Watch'],
  ['clear', 'Clear'],
  ['too_few', 'Too few sessions'],
])('says %s by a word and an icon, not by colour alone', (evidence, words) => {
  render(<EvidenceBadge evidence={evidence} />);
  expect(screen.getByText(words).querySelector('svg')).not.toBeNull();
});

test('draws each tier differently', () => {
  const tiers: EvidenceTier[] = ['confirmed', 'watch', 'clear', 'too_few'];
  const drawings = tiers.map((evidence) => {
    const { container, unmount } = render(<EvidenceBadge evidence={evidence} />);
    const drawing = container.querySelector('svg')?.innerHTML;
    unmount();
    return drawing;
  });
  expect(new Set(drawings).size).toBe(4);
});
