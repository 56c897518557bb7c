import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsOf, sampleFacts, sampleMove } from '../../test/sample-reports.ts';
import type { ReportFacts } from './facts.ts';
import { renderReport } from './render.ts';

const OPTIONS = { timezone: 'Europe/Berlin', dashboardUrl: 'https://quality.example.com' };
const QUIET = { observations: [], recommendation: 'Nothing to do.' };

function render(changes: Partial<ReportFacts> = {}) {
  const mail = renderReport(sampleFacts(changes), OPTIONS);
  return { ...mail, words: wordsOf(mail.html) };
}

/** What a reader sees of the HTML. */
function wordsOf(html: string): string {
  const body = html.slice(html.indexOf('role="article"')).replace(/<!--.*?-->/gs, ' ');
  const words = body.slice(body.indexOf('>') + 1).replace(/<[^>]*>/g, ' ');
  return words
    .replaceAll('&#39;', "'")
    .replace(/&(?:nbsp|#8202);|\s+/g, ' ')
    .replace(/ +/g, ' ');
}

/** The parts that a text holds, in the order in which it holds them. */
function inOrder(text: string, parts: string[]): string[] {
  const found = parts.map((part) => ({ part, at: text.indexOf(part) })).filter(({ at }) => at >= 0);
  return found.toSorted((a, b) => a.at - b.at).map(({ part }) => part);
}

/** Everything of the HTML that only markup may hold. */
function shapeOf(html: string): string {
  return html.replace(/[^<>"]/g, '');
}

function movedBy(changes: Parameters<typeof sampleMove>[0]): ReportFacts['session'] {
  return { ...sampleFacts().session, reschedule: sampleMove(changes) };
}

function textOf(move: Parameters<typeof sampleMove>[0]): string {
  return render({ session: movedBy(move) }).text;
}

describe('a report on a tutor above the threshold', () => {
  const order = [
    'Maria Lopez',
    '9 of 29',
    '7 days: 3 of 9, 33.3 % – above 15 %',
    '30 days: 9 of 29, 31.0 % – above 15 %',
    'Talk to the tutor',
    '5a3f0c52-7d1e-4c0b-9a53-0f4c5f6c1e21',
    'Mon 15 Jan 2024, 15:00 Europe/Berlin (GMT+1)',
    's-1',
    'Moved by the tutor 3 h before the start, to Tue 16 Jan 2024, 15:00',
    'Personal emergency',
    '12 of 84',
    '3 moves in the last 7 days',
  ];

  it('says the most important first, in HTML', () => {
    expect(inOrder(render().words, ['High risk', ...order])).toEqual(['High risk', ...order]);
  });

  it('says the same in text, for people', () => {
    const { text } = render();
    const parts = ['HIGH RISK: Maria Lopez', ...order.slice(1), `${OPTIONS.dashboardUrl}/tutors/0d9b6a14`];
    expect(inOrder(text, parts)).toEqual(parts);
    expect(text).not.toMatch(/[<>{}]|&\w+;/);
  });

  it('names the windows that raised the flag, and only those', () => {
    const { words, text } = render();
    for (const part of [words, text]) {
      const why = part.slice(part.indexOf('Flag raised by'), part.indexOf('Recommendation'));
      expect(why.match(/\d+ days/g)).toEqual(['7 days', '30 days']);
    }
  });

  it('links to the page of the tutor, whatever the address of the dashboard ends with', () => {
    const link = 'href="https://quality.example.com/tutors/0d9b6a14-33a4-4f0e-8b7a-5f0a3c1b2d99"';
    expect(render().html).toContain(link);
    expect(renderReport(sampleFacts(), { ...OPTIONS, dashboardUrl: 'https://quality.example.com/' }).html).toContain(
      link,
    );
  });

  it('has a preview text that goes beyond the subject', () => {
    expect(/<body.*?<div[^>]*>(?<preview>.*?)<\/div>/s.exec(render().html)?.groups?.['preview']).toMatch(
      /^7 days: 3 of 9, 33.3 % – above 15 %; 30 days: .*Talk to the tutor/,
    );
  });

  it('tells 601 of 4,006 from exactly 15 %', () => {
    const above = render({ counts: countsOf([0, 0], [4_006, 601], [4_006, 601]) });
    expect(above.words).toContain('30 days: 601 of 4,006, 15.0 % – just above 15 %');
    const at = render({ counts: countsOf([0, 0], [20, 3], [20, 3]) });
    expect(at.words).toContain('No window is above 15 %');
    expect(at.subject).toBe('Low risk: Maria Lopez moved 3 of 20 sessions (15.0 %) in 30 days');
  });
});

describe('a report on a tutor without sessions', () => {
  it('says "no sessions" and never 0 %', () => {
    const { subject, words, text } = render({ counts: countsOf([0, 0], [0, 0], [0, 0]), insights: QUIET });
    expect(subject).toBe('No sessions in 90 days: Maria Lopez');
    for (const part of [subject, words, text]) expect(part).not.toMatch(/\b0(?:\.0)? %/);
    expect(words.match(/no sessions/g)).toHaveLength(3);
    expect(words).not.toContain('What stands out');
    expect(text).not.toContain('What stands out');
  });

  it('in one window says so for that window', () => {
    const { text } = render({ counts: countsOf([0, 0], [29, 2], [84, 2]) });
    expect(text).toMatch(/7 days +– +no sessions/);
    expect(text).toMatch(/30 days +6\.9 % +2 of 29 +not above 15 %/);
  });
});

describe('what happened with the session', () => {
  const { session } = sampleFacts();

  it.each([
    [{ status: 'completed', reschedule: null }, 'Completed'],
    [{ status: 'no_show', reschedule: null }, 'No-show'],
    [{ status: 'rescheduled', reschedule: null }, 'Rescheduled'],
    [
      { status: 'rescheduled', reschedule: sampleMove({ new_time: null }) },
      'Cancelled by the tutor 3 h before the start',
    ],
    [
      { status: 'completed', reschedule: sampleMove({ initiator: 'student', hours_before_session: null }) },
      'Completed; moved by the student, notice unknown, to Tue 16 Jan 2024, 15:00',
    ],
    [
      { status: 'no_show', reschedule: sampleMove({ hours_before_session: -0.5 }) },
      'No-show; moved by the tutor 30 min after the start, to Tue 16 Jan 2024, 15:00',
    ],
  ] as const)('is told for %j', (changes, expected) => {
    const { text } = render({ session: { ...session, ...changes } });
    expect(text).toContain(`What happened  ${expected}\n`);
  });

  it('adds that a move of the student does not count', () => {
    const note = "A student's move does not count towards the tutor's rate.";
    expect(render({ session: movedBy({ initiator: 'student' }) }).words).toContain(note);
    expect(render({ session: movedBy({ initiator: 'tutor' }) }).words).not.toContain(note);
  });

  it('gives the reason with its code, or the code alone, or nothing', () => {
    expect(textOf({ reason: 'Ill', reason_code: 'health' })).toContain('Reason         Ill (health)\n');
    expect(textOf({ reason: null, reason_code: 'health' })).toContain('Reason         health\n');
    expect(textOf({ reason: '' })).not.toContain('Reason ');
    expect(textOf({ reason: 'x'.repeat(2_000) })).toContain(`${'x'.repeat(499)}…\n`);
  });
});

describe('any name, student or reason', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 255 }),
    fc.string({ unit: 'binary', maxLength: 255 }),
    fc.constantFrom(
      '<script>x()</script>',
      '"><img src=x onerror=x()>',
      '{{status}}',
      '{{#session}}',
      '$&',
      "' onload='x()",
    ),
  );

  it('stays inert: no tag, no attribute and no placeholder comes of it', () => {
    const harmless = shapeOf(render().html);
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, student_id, reason) => {
        const { session, tutor } = sampleFacts();
        const { html, subject } = render({
          tutor: { ...tutor, name },
          session: { ...session, student_id, reschedule: sampleMove({ reason: `because ${reason}` }) },
        });
        expect(shapeOf(html)).toBe(harmless);
        expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('is shown as it was written', () => {
    const { html, text } = render({ tutor: { id: 'x', name: '{{threshold}} <b>&' } });
    expect(html).toContain('{{threshold}} &lt;b&gt;&amp;');
    expect(text).toContain('HIGH RISK: {{threshold}} <b>&\n');
  });

  it('keeps the mail below the 102 kB at which Gmail cuts off', () => {
    const { session } = sampleFacts();
    const long = { ...session, student_id: '&'.repeat(255), reschedule: sampleMove({ reason: '<'.repeat(2_000) }) };
    const { html } = render({ tutor: { id: 'x', name: '&'.repeat(255) }, session: long });
    expect(Buffer.byteLength(html)).toBeLessThan(60_000);
  });
});

describe('the HTML', () => {
  it('needs no image, no script and no other host', () => {
    const { html } = render();
    expect(html).not.toMatch(/<img|<script|<link|@import|url\(|\son\w+=/i);
    const hosts = [...html.matchAll(/https?:\/\/([^/"]+)/g)].map(([, host]) => host);
    expect(new Set(hosts)).toEqual(new Set(['www.w3.org', 'quality.example.com']));
  });

  it('is ready for dark mode', () => {
    expect(render().html).toContain('<meta name="color-scheme" content="light dark"');
    expect(render().html).toContain('@media (prefers-color-scheme: dark)');
  });
});

describe('the same facts', () => {
  it('make the same mail after a stay in the database', () => {
    const facts = sampleFacts();
    const stored: ReportFacts = JSON.parse(JSON.stringify(facts));
    expect(renderReport(stored, OPTIONS)).toEqual(renderReport(facts, OPTIONS));
  });
});
