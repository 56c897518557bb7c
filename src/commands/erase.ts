import { createInterface } from 'node:readline/promises';
import type { Logger } from 'pino';
import { record } from '../audit/record-queries.ts';
import type { Config } from '../config.ts';
import { formatNumber } from '../contract/format.ts';
import type { Db, Tx } from '../database/connection.ts';
import { AppError } from '../errors.ts';
import { eraseStudent as studentErasure } from '../privacy/erase-student.ts';
import { eraseTutor as tutorErasure } from '../privacy/erase-tutor.ts';
import { type Erasure, erase, previewErasure } from '../privacy/erasure.ts';
import { findWords } from '../privacy/search-queries.ts';
import { findTutor, letBack } from '../tutors/erase-queries.ts';
import { commandActor } from './command-actor.ts';
import { withPlatform } from './platform.ts';
import { print, say } from './terminal.ts';

type Options = { id: string; yes: boolean };

/** `npm run erase-student -- STUDENT_ID`: returns 1 when it was not done, or something is left. */
export async function eraseStudent(config: Config, log: Logger, { id, yes }: Options): Promise<number> {
  return withPlatform(config, log, ({ db }) =>
    eraseSomebody(db, {
      who: `student ${id}`,
      words: [id],
      run: async (tx) => {
        const erased = await studentErasure(tx, id);
        await record(tx, commandActor('erase-student'), { action: 'erased', subject: 'student', details: erased });
        return erased;
      },
      done: 'rows without the student',
      yes,
    }),
  );
}

/**
 * `npm run erase-tutor -- TUTOR_ID`: returns 1 when it was not done, or something is left. With `letBack` it erases nobody:
 * who was erased may be stored again.
 */
export async function eraseTutor(
  config: Config,
  log: Logger,
  { id, yes, letBack: isLetBack }: Options & { letBack: boolean },
): Promise<number> {
  return withPlatform(config, log, async ({ db }) => {
    if (isLetBack) {
      const wasErased = await db.transaction().execute(async (tx) => {
        const isBack = await letBack(tx, id);
        const deed = { action: 'changed', subject: 'tutor', subjectId: id, details: { what: 'let back' } } as const;
        if (isBack) await record(tx, commandActor('erase-tutor'), deed);
        return isBack;
      });
      say(wasErased ? `What the platform sends of tutor ${id} is taken again.` : `No tutor ${id} was erased.`);
      return wasErased ? 0 : 1;
    }
    const tutor = await findTutor(db, id);
    const words = tutor === null ? [] : [tutor.name, ...(tutor.email === null ? [] : [tutor.email])];
    return eraseSomebody(db, {
      who: `tutor ${id}${tutor === null ? '' : ` (${tutor.name})`}`,
      words: [id, ...words, ...words.map((word) => word.toLowerCase())],
      run: async (tx) => {
        const erased = await tutorErasure(tx, id);
        const deed = { action: 'erased', subject: 'tutor', subjectId: id, details: erased } as const;
        await record(tx, commandActor('erase-tutor'), deed);
        return erased;
      },
      done: 'rows deleted',
      yes,
    });
  });
}

type Somebody = {
  who: string;
  /** What names them, and is looked for afterwards. */
  words: string[];
  run: (tx: Tx) => Promise<Erasure>;
  /** What became of the rows that are counted. */
  done: string;
  yes: boolean;
};

/** Where the bare id of an erased tutor stays on purpose: so that it does not come back, and who saw what can be answered for. */
const BARE_IDS = ['erased_tutors.tutor_id', 'audit_log.subject_id'];

async function eraseSomebody(db: Db, { who, words, run, done, yes }: Somebody): Promise<number> {
  const planned = await previewErasure(db, run);
  if (totalOf(planned) === 0) say(`Nothing is stored of ${who}.`);
  else {
    if (!yes && !(await isConfirmed(who, planned))) throw new AppError('conflict', 'Nothing was erased.');
    const erased = await erase(db, run);
    for (const [table, rows] of Object.entries(erased)) print(`${table}: ${formatNumber(rows)} ${done}\n`);
  }
  const all = await findWords(db, [...new Set(words)]);
  const found = all.filter(({ place }) => !BARE_IDS.includes(place));
  const kept = all.map(({ place }) => place).filter((place) => BARE_IDS.includes(place));
  for (const { place, rows } of found) print(`LEFT ${place}: ${formatNumber(rows)}\n`);
  say(
    found.length === 0
      ? 'Nothing names them any more, in no text, no JSON and no id of any table.'
      : 'There the words still stand. Somebody else may be called so; look.',
  );
  if (kept.length > 0) say(`The bare id stays in ${kept.join(' and ')}, on purpose.`);
  if (totalOf(planned) > 0) say('Backups of before, and the platform that sends sessions, may still name them.');
  return found.length === 0 ? 0 : 1;
}

async function isConfirmed(who: string, planned: Erasure): Promise<boolean> {
  const tables = Object.entries(planned).filter(([, rows]) => rows > 0);
  const counts = tables.map(([table, rows]) => `${formatNumber(rows)} ${table}`).join(', ');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    say(`Of ${who}: ${counts}. This cannot be taken back.`);
    process.stderr.write('Type yes to erase: ');
    // Where nobody can answer, nobody agrees.
    for await (const answer of terminal) return answer.trim() === 'yes';
    return false;
  } finally {
    terminal.close();
  }
}

function totalOf(erasure: Erasure): number {
  return Object.values(erasure).reduce((sum, rows) => sum + rows, 0);
}
