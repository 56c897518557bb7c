import { afterAll, beforeAll, expect, it } from 'vitest';
import { FIRST_PASSWORD_HOURS } from '../../src/contract/access.ts';
import { TESTER } from '../actor.ts';
import { createTestApp, type TestApp } from '../app.ts';
import { auditRows } from '../audit.ts';
import { browserWith, cookiesOf, PASSWORD, signIn } from '../sign-in.ts';

const OWN_PASSWORD = 'battery horse correct';
const HOUR_MS = 60 * 60 * 1000;

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

let addresses = 0;
function enter(email: string, password: string) {
  const remoteAddress = `10.1.0.${(addresses += 1)}`;
  return api.send({ method: 'POST', url: '/api/sign-in', remoteAddress, payload: { email, password } });
}

function change(headers: Record<string, string>, new_password: string) {
  const payload = { current_password: PASSWORD, new_password };
  return api.send({ method: 'POST', url: '/api/me/password', headers, payload });
}

async function endFor(headers: Record<string, string>): Promise<string | null> {
  return (await api.send({ url: '/api/me', headers })).json().password_ends_at;
}

/** As if the first password of a user had been given longer ago than it holds. */
async function runOut(userId: string): Promise<void> {
  const ends_at = new Date(Date.now() - 1000);
  await api.db.updateTable('user_credentials').set({ ends_at }).where('user_id', '=', userId).execute();
}

it('says when it runs out, and is gone with the first choice of another', async () => {
  const { headers } = await signIn(api, 'viewer');
  const hours = (Date.parse((await endFor(headers)) ?? '') - Date.now()) / HOUR_MS;
  expect(hours).toBeGreaterThan(FIRST_PASSWORD_HOURS - 1);
  expect(hours).toBeLessThanOrEqual(FIRST_PASSWORD_HOURS);
  const changed = await change(headers, OWN_PASSWORD);
  expect(await endFor(browserWith(cookiesOf(changed)))).toBeNull();
});

it('opens no door when it has run out, and says so to who knows it alone', async () => {
  const { user } = await signIn(api, 'viewer');
  await runOut(user.id);
  const refused = await enter(user.email, PASSWORD);
  expect([refused.statusCode, refused.json().details, cookiesOf(refused)]).toEqual([
    401,
    { password: 'has run out' },
    [],
  ]);
  expect(refused.json().message).toContain('72 hours');
  expect((await auditRows(api.db)).at(-1)).toMatchObject({ action: 'sign_in_failed', subject_id: user.id });
  expect((await enter(user.email, 'wrong horse battery')).json().details).toEqual({ password: 'is wrong' });
});

it('can still be changed by who is signed in, and another one that an admin gives runs out in its turn', async () => {
  const { user, headers } = await signIn(api, 'viewer');
  await runOut(user.id);
  expect((await change(headers, OWN_PASSWORD)).statusCode).toBe(204);
  expect((await enter(user.email, OWN_PASSWORD)).statusCode).toBe(200);
  await api.accounts.resetPassword(user, PASSWORD, TESTER);
  const entered = await enter(user.email, PASSWORD);
  expect(await endFor(browserWith(cookiesOf(entered)))).not.toBeNull();
});

it('is not made one’s own by choosing it again', async () => {
  const { headers } = await signIn(api, 'viewer');
  const answer = await change(headers, PASSWORD);
  expect([answer.statusCode, answer.json().details]).toEqual([422, { new_password: 'must not be the current one' }]);
  expect(await endFor(headers)).not.toBeNull();
});
