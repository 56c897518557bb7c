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
  return JSON.parse(await ask(path, { signal }));
}

/**
 * As `get`, for an answer that is no JSON but text to be read.
 *
 * @throws ApiError
 */
export async function getText(path: string, signal?: AbortSignal): Promise<string> {
  return ask(path, { signal });
}

/** Asks for a change; that it was taken is all there is to know. */
export async function post(path: string, body?: unknown): Promise<void> {
  const content = body === undefined ? {} : { headers: JSON_CONTENT, body: JSON.stringify(body) };
  await ask(path, { method: 'POST', ...content });
}

/** As `post`, for what is put in the place of what was there. */
export async function put(path: string, body: unknown): Promise<void> {
  await ask(path, { method: 'PUT', headers: JSON_CONTENT, body: JSON.stringify(body) });
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

/** A machine that sleeps, or a line that is dead, never says so. */
const PATIENCE_MS = 15_000;

const JSON_CONTENT = { 'content-type': 'application/json' };

type Asked = Omit<RequestInit, 'signal'> & { signal?: AbortSignal | undefined };

/** The text of the answer; whoever does not answer in time cannot be reached. */
async function ask(path: string, { signal, ...init }: Asked): Promise<string> {
  const inTime = AbortSignal.timeout(PATIENCE_MS);
  const until = signal === undefined ? inTime : AbortSignal.any([signal, inTime]);
  let answer: { isOk: boolean; status: number; text: string };
  try {
    const response = await fetch(path, { ...init, signal: until, credentials: 'same-origin' });
    answer = { isOk: response.ok, status: response.status, text: await response.text() };
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, `The server cannot be reached. ${init.method === undefined ? ASKED_AGAIN : TRY_AGAIN}`);
  }
  if (answer.isOk) return answer.text;
  throw errorOf(answer.status, answer.text);
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
