import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2 to level AA, and what axe holds for good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with the page as it stands: the rule, and where. */
export async function violationsOf(page: Page): Promise<string[]> {
  const script = `(async () => {
    if (!window.axe) { ${axe.source} }
    const { violations } = await axe.run(document, { runOnly: ${JSON.stringify(RULES)} });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + failureSummary));
  })()`;
  return page.evaluate<string[]>(script);
}
