import { describe, expect, it } from 'vitest';
import { countsOf, sampleEvidence, sampleFacts, samplePattern } from '../../test/sample-reports.ts';
import { EVIDENCE_TIERS } from '../scoring/evidence.ts';
import type { ReportFacts } from './facts.ts';
import { renderReport } from './render.ts';

const OPTIONS = { timezone: 'Europe/Berlin', dashboardUrl: 'https://quality.example.com' };
const COUNTS = countsOf([9, 3], [29, 9], [84, 20]);

function render(changes: Partial<ReportFacts> = {}) {
  return renderReport(sampleFacts({ counts: COUNTS, evidence: sampleEvidence(), ...changes }), OPTIONS);
}

/** The words of the HTML, without its markup. */
function wordsOf(html: string): string {
  const body = html.slice(html.indexOf('role="article"')).replace(/<[^>]*>/g, ' ');
  return body
    .replace(/&(?:nbsp|#8202);|\s+/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"');
}

describe('a report with evidence', () => {
  it('leads with it, and says the literal rule after it', () => {
    const { subject, html, text } = render();
    expect(subject).toBe('Confirmed: Maria Lopez moved 9 of 29 sessions (31.0 %) in 30 days');
    const order = [
      '▲ Confirmed: 96 % likely to be above 15 %',
      'Maria Lopez',
      'Moved 20 of 84 sessions in 90 days; the true rate is most likely 14 to 26 %, best guess 20 %.',
      'Moved 9 of 29 sessions in the last 30 days',
      'High risk by the rule',
      '7 days: 3 of 9, 33.3 % – above 15 %',
      '30 days: 9 of 29, 31.0 % – above 15 %',
      '90 days: 20 of 84, 23.8 % – above 15 %',
      'Recommendation',
    ];
    const words = wordsOf(html);
    const found = order.map((part) => words.indexOf(part));
    expect(found).not.toContain(-1);
    expect(found.toSorted((one, other) => one - other)).toEqual(found);
    expect(text).toMatch(
      /^CONFIRMED: Maria Lopez\n96 % likely to be above 15 %\.\nMoved 20 of 84 sessions in 90 days; .* 26 %, best guess 20 %\.\n\nMoved 9 of 29/,
    );
    expect(text).toContain('High risk by the rule\n  7 days: 3 of 9');
    expect(html + text).not.toContain('Flag raised by');
    // The bare rate is no larger than the name.
    expect(html).not.toContain('font-size:28px');
  });

  it('begins its preview with what the evidence rests on', () => {
    expect(/<body.*?<div[^>]*>(?<preview>.*?)<\/div>/s.exec(render().html)?.groups?.['preview']).toMatch(
      /^Moved 20 of 84 sessions in 90 days; .* Talk to the tutor/,
    );
  });

  it.each(EVIDENCE_TIERS)('has one word, icon and colour for %s, in light and dark', (tier) => {
    const looks = {
      confirmed: ['▲&nbsp;Confirmed: ', 'tint-high', '#b42318'],
      watch: ['◐&nbsp;Watch: ', 'tint-watch', '#8a5a00'],
      clear: ['✓&nbsp;Clear: ', 'tint-clear', '#166f43'],
      too_few: ['◌&nbsp;Too few sessions: ', 'tint-unknown', '#5b6472'],
    };
    const { html } = render({ evidence: sampleEvidence({ tier }) });
    const [lead = '', tint = '', ink = ''] = looks[tier];
    expect(html).toContain(lead);
    expect(html).toContain(`class="${tint} ink-${tint.slice(5)}" style="background:`);
    expect(html).toContain(`border-left:4px solid ${ink}`);
    expect(html).toContain(`.${tint} { background: #`);
  });

  it('keeps foreign words of a pattern apart from markup, and its direction apart from ours', () => {
    const { sentence } = samplePattern({ sentence: 'The reason "<b>{{lead}}\u2068שרה\u2069": 5 of 9 moves.' });
    const insights = { observations: [sentence], recommendation: 'Talk to the tutor: ask about "<i>".' };
    const { html, text } = render({ insights });
    expect(html).toContain('The reason &quot;&lt;b&gt;{{lead}}\u2068שרה\u2069&quot;: 5 of 9 moves.');
    expect(html).toContain('ask about &quot;&lt;i&gt;&quot;.');
    expect(text).toContain('  - The reason "<b>{{lead}}\u2068שרה\u2069": 5 of 9 moves.');
  });

  it('without sessions says just that', () => {
    const counts = countsOf([0, 0], [0, 0], [0, 0]);
    const evidence = sampleEvidence({ tier: 'too_few', evidence_sessions: 0, evidence_reschedules: 0 });
    const { subject, html } = render({ counts, evidence });
    expect(subject).toBe('No sessions in 90 days: Maria Lopez');
    expect(wordsOf(html)).toContain('◌ No sessions Maria Lopez');
    expect(wordsOf(html)).not.toContain('likely');
  });

  it('without sessions that count says nothing of how likely it is', () => {
    const evidence = sampleEvidence({ tier: 'too_few', evidence_sessions: 0, evidence_reschedules: 0 });
    const { html, text } = render({ evidence });
    expect(wordsOf(html)).toContain('◌ Too few sessions Maria Lopez No sessions that count in 90 days.');
    expect(text).toMatch(/^TOO FEW SESSIONS: Maria Lopez\nNo sessions that count in 90 days\.\n84 sessions lie/);
    expect(html + text).not.toContain('likely');
  });

  it('is the one of before where evidence was not weighed', () => {
    const { subject, html, text } = renderReport(sampleFacts({ counts: COUNTS }), OPTIONS);
    expect(subject).toBe('High risk: Maria Lopez moved 9 of 29 sessions (31.0 %) in 30 days');
    expect(wordsOf(html)).toContain('▲ High risk Maria Lopez 31.0 % Moved 9 of 29');
    expect(text).toMatch(/^HIGH RISK: Maria Lopez\nMoved 9 of 29/);
    expect(html + text).not.toContain('likely to be above');
    expect(html).toContain('font-size:28px');
  });
});
