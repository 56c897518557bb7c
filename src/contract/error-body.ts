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
  const details: Record<string, string> = {};
  for (const issue of error.issues) {
    for (const [field, message] of reasons(issue)) details[field] ??= message;
  }
  return details;
}

function reasons(issue: z.core.$ZodIssue): [field: string, message: string][] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => [[...path, key].join('.'), 'is not a known field']);
  }
  return [[path.join('.') || 'body', wordsOf(issue)]];
}

function wordsOf(issue: z.core.$ZodIssue): string {
  // zod reports an absent field as a wrong type, and names the type.
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'is required';
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_big' && issue.origin !== 'string') return `must be at most ${issue.maximum}`;
  if (issue.code === 'too_small' && issue.origin !== 'string') return `must be at least ${issue.minimum}`;
  return issue.message;
}
