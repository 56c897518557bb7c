import type { Body } from './factories.ts';

export const TEST_KEY = 'test-key-0123456789abcdef';

/** Far longer than any answer takes; whoever waits longer waits for something that is gone. */
const PATIENCE_MS = 20_000;

/** Posts a session over real HTTP. */
export async function postSession(
  address: string,
  body: Body,
  key = TEST_KEY,
): Promise<{ status: number; outcome: string }> {
  const answer = await fetch(`${address}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const { outcome } = await bodyOf(answer);
  return { status: answer.status, outcome: String(outcome) };
}

export async function getJson(address: string, path: string, key = TEST_KEY): Promise<Record<string, unknown>> {
  return bodyOf(
    await fetch(`${address}${path}`, { headers: { 'x-api-key': key }, signal: AbortSignal.timeout(PATIENCE_MS) }),
  );
}

async function bodyOf(answer: Response): Promise<Record<string, unknown>> {
  const body: unknown = await answer.json();
  if (typeof body !== 'object' || body === null) throw new Error('the answer is not an object');
  return { ...body };
}
