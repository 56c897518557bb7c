import { z } from 'zod';
import { currentIds } from '../context.ts';
import { traceparentHere } from '../tracing/spans.ts';

/** Where a signal came from: all that a job carries, for logs and traces. What is to be done stands in the tables. */
export type Origin = { request_id?: string | undefined; traceparent?: string | undefined };

/** What a signal that is sent here carries along. */
export function originHere(): Origin {
  const { request_id } = currentIds();
  const traceparent = traceparentHere();
  return { ...(request_id === undefined ? {} : { request_id }), ...(traceparent === undefined ? {} : { traceparent }) };
}

const id = z.string().max(64).optional().catch(undefined);
const origin = z.object({ request_id: id, traceparent: id }).catch({});

/** The origin in a job's data; whatever else stands there is passed over. */
export function originOf(data: unknown): Origin {
  return origin.parse(data);
}
