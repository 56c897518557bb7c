/**
 * The Message-ID of a report's mail. Attempts of the same send share it, so that a retry after a lost answer is
 * recognised as the same mail; sending again on purpose counts `sendNumber` up, so that it is not swallowed.
 *
 * @example messageIdOf('5a3f…', 1, 'example.com') // '<report.5a3f….1@example.com>'
 */
export function messageIdOf(reportId: string, sendNumber: number, domain: string): string {
  return `<report.${reportId}.${sendNumber}@${domain}>`;
}
