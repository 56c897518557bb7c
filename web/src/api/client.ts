/** What the API answers when it does not do what it was asked, in its own words; status 0 when it was not reached. */
export class ApiError extends Error {
  readonly status: number;
  /** The reasons by field. */
  readonly details: Record<string, string>;

  constructor(status: number, message: string, details: Record<string, string> = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.details = details;
  }

  /** The server was not reached, or could not do it now: the same may work in a moment. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 503;
  }
}

/**
 * Asks our own API, as the signed-in user: the browser adds the cookie.
 *
 * @throws ApiError
 */
export async function get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return JSON.parse(await read(await ask(path, signal === undefined ? {} : { signal })));
}

/**
 * As `get`, for an answer that is no JSON but text to be read.
 *
 * @throws ApiError
 */
export async function getText(path: string, signal?: AbortSignal): Promise<string> {
  return read(await ask(path, signal === undefined ? {} : { signal }));
}

/** Asks for a change; that it was taken is all there is to know. */
export async function post(path: string, body?: unknown): Promise<void> {
  const content = body === undefined ? {} : { headers: JSON_CONTENT, body: JSON.stringify(body) };
  await read(await ask(path, { method: 'POST', ...content }));
}

/** A path with those of the values that are given. */
export function withQuery(path: string, values: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** A change is asked for once, and by a person; what is read is asked for by itself until it is there. */
const TRY_AGAIN = 'Please try again in a moment.';
const ASKED_AGAIN = 'What you see is kept; it will be asked again.';

const JSON_CONTENT = { 'content-type': 'application/json' };

async function ask(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: 'same-origin' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, `The server cannot be reached. ${init.method === 'POST' ? TRY_AGAIN : ASKED_AGAIN}`);
  }
}

async function read(response: Response): Promise<string> {
  const text = await response.text();
  if (response.ok) return text;
  throw errorOf(response.status, text);
}

/** A proxy on the way may answer something that is not ours. */
function errorOf(status: number, text: string): ApiError {
  try {
    const { message, details } = JSON.parse(text);
    return new ApiError(status, String(message), details ?? {});
  } catch {
    return new ApiError(status, `The server answered ${status}. Please try again.`);
  }
}
