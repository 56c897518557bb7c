import type { z } from 'zod';
import type { batchResult } from '../contract/sessions.ts';
import type { ErrorDetails } from '../errors.ts';
import type { IngestDeps } from './ingest-one.ts';
import type { IngestResult } from './ingest-sessions.ts';
import { readSessionEvent } from './session-event.ts';

export type BatchItemResult = z.output<typeof batchResult>['results'][number];

/** Takes any number of bodies as one group, in order; an invalid one is answered in its place and stops nobody. */
export async function ingestBatch(
  { groupCommit, receiptClock }: IngestDeps,
  bodies: readonly unknown[],
): Promise<BatchItemResult[]> {
  const reads = bodies.map((body) => readSessionEvent(body, receiptClock()));
  const events = reads.flatMap((read) => ('event' in read ? [read.event] : []));
  const results = (await groupCommit.ingest(events)).values();
  return reads.map((read, index) => {
    if ('details' in read) return invalid(index, read.details);
    return itemResult(index, read.event.session_id, results.next().value);
  });
}

function itemResult(index: number, session_id: string, result: IngestResult | undefined): BatchItemResult {
  if (result?.outcome !== undefined) return { index, session_id, outcome: result.outcome };
  if (result?.details !== undefined) return invalid(index, result.details);
  return {
    index,
    error: 'internal',
    message: 'Something went wrong on our side. The item was not stored.',
    details: {},
  };
}

function invalid(index: number, details: ErrorDetails): BatchItemResult {
  return { index, error: 'invalid', message: 'The item breaks a rule.', details };
}
