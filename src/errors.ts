/** What a caller can do wrong, or what stands in their way; `http/answers/error-handler.ts` maps each code to a status. */
export type ErrorCode =
  | 'unreadable'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'invalid'
  | 'too_many_requests'
  | 'unavailable';

/** The reasons by field, e.g. `{ "reschedule_info.new_time": "must be after original_time" }`. */
export type ErrorDetails = Record<string, string>;

/** A caller's mistake or a known obstacle: safe to show. Everything else that is thrown is a bug. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, { cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** The words of anything that was thrown, for logs and stored error texts. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
