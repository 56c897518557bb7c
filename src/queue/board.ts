import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { OpenQueue } from './backend.ts';

/** A queue as the page for admins shows it. */
export type BoardQueue = BullMQAdapter;

/**
 * To be looked at only. Jobs are signals: what one would retry is done by a sweep or sent anew from the dashboard, and a
 * queue that somebody paused and forgot would slow everything down without a word.
 */
export function boardQueues(queues: readonly OpenQueue[]): BoardQueue[] {
  return queues.filter(isShown).map((queue) => new BullMQAdapter(queue, { readOnlyMode: true }));
}

type Shown = ConstructorParameters<typeof BullMQAdapter>[0];

/** The type names the Redis backend alone. What is asked of a queue every backend answers; tested with both. */
function isShown(_queue: OpenQueue): _queue is Shown {
  return true;
}
