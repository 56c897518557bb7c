import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dataVersion, type Subject } from '../../cache/version-queries.ts';
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

/** So long at most an answer about now is given, although nothing changed: windows move on. */
const NOW_MS = 60_000;

/**
 * Answers reads from what is kept, as long as nothing changed since. The question is the route with its parameters and
 * the query as it was read, defaults filled in; no answer depends on who asks. The version is read first, so that nobody
 * gets what is older than the last change that was committed before the request.
 */
export function keptAnswers({ db, clock, mail, version: release, answers }: ApiDeps) {
  const text = async (
    { routeOptions, params, query }: Asking,
    { subjects = ['marketplace'], isPastSlow = false }: KeepingOptions,
    work: (moment: Moment) => Promise<string>,
  ): Promise<string> => {
    const momentNow = () => momentOf(db, clock, mail.timezone, query.as_of);
    const moment = await momentNow();
    const { asOf, isPast } = moment;
    const version = await dataVersion(db, subjects, isPast ? asOf : null);
    const asked = {
      question: digest([release, mail.timezone, routeOptions.url, params, query]),
      version: isPast ? version : `${version} ${Math.floor(asOf.getTime() / NOW_MS)}`,
      isSlow: isPast && isPastSlow,
    };
    // Read anew after the version: what was committed before it may have happened later than the moment above.
    return answers(asked, async () => work(isPast ? moment : await momentNow()));
  };

  const json = async <Answer extends object>(
    request: Asking,
    reply: Answering,
    options: KeepingOptions,
    work: (moment: Moment) => Promise<Answer>,
  ): Promise<Answer> => {
    const kept = await text(request, options, async (moment) =>
      String(reply.serializeInput(Object.fromEntries(Object.entries(await work(moment))), '200')),
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
