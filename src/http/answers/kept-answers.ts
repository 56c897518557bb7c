import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { onceATurn } from '../../cache/once-a-turn.ts';
import { dataVersion, type Subject, type VersionNow, versionNow } from '../../cache/version-queries.ts';
import { databaseClock } from '../../database/clock.ts';
import { type Moment, momentOf } from '../../evidence/moment.ts';
import type { ApiDeps } from '../api-deps.ts';

type Asking = Pick<FastifyRequest, 'params' | 'routeOptions'> & { query: { as_of?: string | undefined } };
type Answering = Pick<FastifyReply, 'serializer' | 'serializeInput' | 'type'>;

export type KeepingOptions = {
  /** What the answer is made from. */
  subjects?: readonly Subject[];
  /** Whether a past day takes long, because everybody is counted anew. */
  isPastSlow?: boolean;
};

type Read = { version: string; moment: Moment };

/**
 * What many questions have in common: worked out once for each state of the data, whichever of them comes first. Kept as
 * JSON: a part holds texts, numbers and truths, and no `Date`.
 */
type Share = <Part>(part: readonly unknown[], work: () => Promise<Part>) => Promise<Part>;
type Work<Answer> = (moment: Moment, share: Share) => Promise<Answer>;

/** So long at most an answer about now is given, although nothing changed: windows move on. */
const NOW_MS = 60_000;

/**
 * Answers reads from what is kept, as long as nothing changed since. The question is the route with its parameters and
 * the query as it was read, defaults filled in; no answer depends on who asks. The version is read first, so that nobody
 * gets what is older than the last change that was committed before the request. Now is never before the version: what was
 * committed before that, such as a flag that opened, must not lie after it.
 */
export function keptAnswers({ db, clock, mail, version: release, answers }: ApiDeps) {
  const versions = new Map<string, () => Promise<VersionNow>>();

  const present = async (subjects: readonly Subject[]): Promise<Read> => {
    const name = subjects.join();
    const read = versions.get(name) ?? onceATurn(() => versionNow(db, subjects));
    versions.set(name, read);
    const { version, now } = await read();
    // Any other clock is asked once more, after the version.
    const asOf = clock === databaseClock ? now : await clock(db);
    return { version: `${version} ${Math.floor(asOf.getTime() / NOW_MS)}`, moment: { asOf, isPast: false } };
  };

  const past = async (subjects: readonly Subject[], day: string): Promise<Read> => {
    const moment = await momentOf(db, clock, mail.timezone, day);
    return { version: await dataVersion(db, subjects, moment.asOf), moment };
  };

  const text = async (
    { routeOptions, params, query }: Asking,
    { subjects = ['marketplace'], isPastSlow = false }: KeepingOptions,
    work: Work<string>,
  ): Promise<string> => {
    const { version, moment } = await (query.as_of === undefined ? present(subjects) : past(subjects, query.as_of));
    const questionOf = (...asked: unknown[]) => digest([release, mail.timezone, routeOptions.url, ...asked]);
    const share: Share = async (part, find) =>
      JSON.parse(
        await answers({ question: questionOf(...part), version, isSlow: false }, async () =>
          JSON.stringify(await find()),
        ),
      );
    const isSlow = moment.isPast && isPastSlow;
    return answers({ question: questionOf(params, query), version, isSlow }, () => work(moment, share));
  };

  const json = async <Answer extends object>(
    request: Asking,
    reply: Answering,
    options: KeepingOptions,
    work: Work<Answer>,
  ): Promise<Answer> => {
    const kept = await text(request, options, async (moment, share) =>
      String(reply.serializeInput(Object.fromEntries(Object.entries(await work(moment, share))), '200')),
    );
    // What is sent is the text as it is. The types of a route ask for what it holds, which nobody reads.
    // With a serializer of its own Fastify leaves the media type to the route.
    reply.type('application/json; charset=utf-8');
    reply.serializer(() => kept);
    const held: Answer = JSON.parse('{}');
    return held;
  };
  return { text, json };
}

function digest(question: unknown): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('base64url');
}
