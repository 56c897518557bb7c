import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isChromiumMissing, launchChromium } from '../../test/chromium.ts';
import { LOW_CONTRASTS, RIGHTMOST_EDGE } from '../../test/page-scripts.ts';
import { countsOf, sampleEvidence, sampleFacts, sampleMove, samplePattern } from '../../test/sample-reports.ts';
import type { ReportFacts } from './facts.ts';
import { renderReport } from './render.ts';

const OPTIONS = { timezone: 'America/Argentina/ComodRivadavia', dashboardUrl: 'https://quality.example.com' };
const HOSTILE = '"><script>window.pwned = 1</script><img src=x onerror="window.pwned = 1">{{status}}';

const { session } = sampleFacts();
const CASES: Record<string, Partial<ReportFacts>> = {
  'high risk': {},
  confirmed: {
    evidence: sampleEvidence({ rise_signalled_at: '2024-01-12T00:00:00.000Z' }),
    insights: { observations: [samplePattern().sentence], recommendation: 'Talk to the tutor.' },
  },
  watch: { evidence: sampleEvidence({ tier: 'watch' }) },
  clear: { evidence: sampleEvidence({ tier: 'clear' }) },
  'too few sessions': { evidence: sampleEvidence({ tier: 'too_few' }) },
  'no sessions': {
    counts: countsOf([0, 0], [0, 0], [0, 0]),
    insights: { observations: [], recommendation: 'Nothing to do.' },
  },
  'very long words': {
    tutor: { id: 'x'.repeat(36), name: 'Wolfeschlegelsteinhausenbergerdorff'.repeat(7) },
    session: { ...session, student_id: 'x'.repeat(255), reschedule: sampleMove({ reason: 'x'.repeat(2_000) }) },
    counts: countsOf([123_456, 23_456], [1_234_567, 234_567], [12_345_678, 2_345_678]),
  },
  'right to left': { tutor: { id: 'x', name: 'محمد عبد الله (5)' }, session: { ...session, student_id: 'שרה-12' } },
  'hostile words': {
    tutor: { id: HOSTILE, name: HOSTILE },
    session: {
      ...session,
      id: HOSTILE,
      student_id: HOSTILE,
      reschedule: sampleMove({ reason: HOSTILE, reason_code: HOSTILE }),
    },
    insights: { observations: [HOSTILE], recommendation: HOSTILE },
  },
};

describe.skipIf(isChromiumMissing)('a report in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
  });

  async function open(changes: Partial<ReportFacts>, width: number): Promise<{ page: Page; requests: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 740 } });
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.setContent(renderReport(sampleFacts(changes), OPTIONS).html);
    return { page, requests };
  }

  /** How far the value stands below its label, in pixels. */
  async function valueOffset(width: number): Promise<number> {
    const { page } = await open({}, width);
    const label = await page.getByText('What happened').boundingBox();
    const value = await page.getByText('Moved by the tutor').boundingBox();
    await page.close();
    return (value?.y ?? Number.NaN) - (label?.y ?? Number.NaN);
  }

  it.each(Object.keys(CASES).flatMap((name) => [360, 800].map((width) => [name, width] as const)))(
    'with %s needs no sideways scrolling at %i px',
    async (name, width) => {
      const { page } = await open(CASES[name] ?? {}, width);
      expect(await page.evaluate<number>(RIGHTMOST_EDGE)).toBeLessThanOrEqual(width);
      await page.close();
    },
  );

  it('runs nothing that stands in a name, and asks no server for anything', async () => {
    const { page, requests } = await open(CASES['hostile words'] ?? {}, 800);
    expect(await page.evaluate<boolean>(`'pwned' in window`)).toBe(false);
    expect(await page.locator('script, img, iframe, object').count()).toBe(0);
    expect(await page.locator('h1').innerText()).toBe(HOSTILE);
    expect(requests).toEqual([]);
    await page.close();
  });

  it('stacks labels above their values on a phone, and puts them side by side elsewhere', async () => {
    expect(await valueOffset(360)).toBeGreaterThan(10);
    expect(await valueOffset(800)).toBe(0);
  });

  it.each(['light', 'dark'] as const)('has a contrast of at least 4.5 in %s mode', async (colorScheme) => {
    for (const name of ['high risk', 'confirmed', 'watch', 'clear', 'too few sessions', 'no sessions']) {
      const { page } = await open(CASES[name] ?? {}, 800);
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate<string[]>(LOW_CONTRASTS)).toEqual([]);
      await page.close();
    }
  });
});
