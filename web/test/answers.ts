import { vi } from 'vitest';

export type Answer = { status?: number; json?: unknown; text?: string };
export type Answers = Record<string, Answer | Promise<Answer> | 'unreachable'>;
type Asked = { method: string; path: string; body: unknown };

/**
 * Stands where the network begins: what the server answers to "GET /api/me" and the like, and what it was asked. An
 * answer that is promised comes when the test lets it.
 */
export function answerWith(answers: Answers): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: { method?: string; body?: string } = {}) => {
    asked.push({ method, path, body: body === undefined ? undefined : JSON.parse(body) });
    const answer = await (answers[`${method} ${path}`] ?? answers[`${method} ${path.split('?')[0]}`]);
    if (answer === undefined || answer === 'unreachable') throw new TypeError(`no answer to ${method} ${path}`);
    const { status = 200, json, text = json === undefined ? null : JSON.stringify(json) } = answer;
    return new Response(text, { status });
  });
  return asked;
}
