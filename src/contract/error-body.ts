import { z } from 'zod';

/** The one shape of every error that this service answers. */
export const errorBody = z
  .object({
    error: z.string().meta({ example: 'invalid' }),
    message: z.string().meta({ example: 'The body breaks a rule.' }),
    details: z.record(z.string(), z.string()).meta({ example: { scheduled_time: 'must be an ISO 8601 time' } }),
  })
  .meta({ id: 'Error' });

/** The first reason of each field, by its path: `{ "reschedule_info.new_time": "must be after original_time" }`. */
export function detailsOf(error: z.ZodError): Record<string, string> {
  // Of an object a field that is called `constructor` would be there already.
  const details = new Map<string, string>();
  for (const issue of error.issues) {
    for (const [field, message] of reasons(issue)) if (!details.has(field)) details.set(field, message);
  }
  return Object.fromEntries(details);
}

function reasons(issue: z.core.$ZodIssue): [field: string, message: string][] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => [[...path, key].join('.'), 'is not a known field']);
  }
  return [[path.join('.') || 'body', issue.message]];
}
