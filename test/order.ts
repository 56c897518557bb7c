import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const ROOT = join(import.meta.dirname, '..');

/** The longest, so that none of them is left for the end; those with a browser apart, among some that mostly wait. */
const FIRST = [
  'test/faults/faults.test.ts',
  'test/browser/pages.test.ts',
  'src/queue/signals.test.ts',
  'src/commands/serve.test.ts',
  'src/commands/stopping.test.ts',
  'test/browser/hard-times.test.ts',
  'test/faults/lost-messages.test.ts',
  'src/commands/accounts.test.ts',
  'src/commands/restore.test.ts',
  'test/browser/journeys.test.ts',
  'src/database/migrate.test.ts',
  'src/commands/backup.test.ts',
  'src/sessions/csv-import.test.ts',
  'src/http/answers/kept-answers.test.ts',
];

/** Begins with the longest files, in the same order on a machine that has never run them; the others as Vitest has it. */
export class LongestFirst extends BaseSequencer {
  /** @throws Error when a file of the list is gone: it would be no list of the longest any more */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = FIRST.filter((path) => !existsSync(join(ROOT, path)));
    if (gone.length > 0) throw new Error(`test/order.ts names files that are not there: ${gone.join(', ')}`);
    const place = ({ moduleId }: TestSpecification) => {
      const index = FIRST.indexOf(relative(ROOT, moduleId).replaceAll('\\', '/'));
      return index === -1 ? FIRST.length : index;
    };
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
