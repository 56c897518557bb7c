import { z } from 'zod';
import { errorBody } from '../../contract/error-body.ts';

/** The errors that a route may answer, for its schema. */
export const failures = {
  read: { 400: errorBody, 401: errorBody, 403: errorBody, 429: errorBody, 500: errorBody, 503: errorBody },
  readOne: {
    400: errorBody,
    401: errorBody,
    403: errorBody,
    404: errorBody,
    429: errorBody,
    500: errorBody,
    503: errorBody,
  },
  write: {
    400: errorBody,
    401: errorBody,
    403: errorBody,
    404: errorBody,
    409: errorBody,
    413: errorBody,
    422: errorBody,
    429: errorBody,
    500: errorBody,
    503: errorBody,
  },
};

/** An answer of text that is not JSON, in one of these media types. */
export function textOf(description: string, ...types: string[]) {
  return { description, content: Object.fromEntries(types.map((type) => [type, { schema: z.string() }])) };
}
