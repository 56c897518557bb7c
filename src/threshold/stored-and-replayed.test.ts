import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import type { Body } from '../../test/factories.ts';
import { askThreshold, eachDay, NOON, SESSIONS, scoreAll } from '../../test/replayed-marketplace.ts';

const opened: TestApp[] = [];
afterAll(() => Promise.all(opened.map((each) => each.close())));

async function openWith(sessions: Body[]): Promise<TestApp> {
  const api = await createTestApp({ clock: () => Promise.resolve(NOON) });
  opened.push(api);
  await api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
  return api;
}

describe('who is flagged now', () => {
  it('is at the stored threshold what is stored, and at others what the replay ends with', async () => {
    const unscored = await openWith(SESSIONS);
    const { tutors } = (await unscored.send({ url: '/api/overview' })).json();
    expect([tutors.high_risk, tutors.confirmed, tutors.watch]).toEqual([0, 0, 0]);
    const at = async (threshold: number) => askThreshold(unscored, `?risk_threshold=${threshold}`);
    const { current, chosen, rules, days, by_threshold } = await at(15);
    expect([current.flagged, chosen.flagged, ...rules.map(({ flagged }) => flagged)]).toEqual([0, 0, 0, 0, 0]);
    expect(days.at(-1)).toMatchObject({ flagged: 2, current: 2 });
    expect(by_threshold.find(({ risk_threshold }) => risk_threshold === 15)?.flagged).toBe(0);
    expect((await at(16)).rules.map(({ flagged }) => flagged)).toEqual([3, 2, 2]);
    await scoreAll(unscored);
    expect((await at(15)).rules.map(({ flagged }) => flagged)).toEqual([3, 2, 2]);
  });
});

describe('changes', () => {
  it('are counted in the nights that have 90 days and two weeks behind them, and in no others', async () => {
    const young = await openWith(eachDay('Fay', 110, (day) => day > 100 || day <= 40));
    const { nights, chosen, days } = await askThreshold(young);
    expect(nights).toBe(8);
    // Confirmed in her first days, clear later and confirmed again.
    const counts = days.map(({ flagged }) => flagged);
    expect([counts.includes(1), counts.slice(-8)]).toEqual([true, [1, 1, 1, 1, 1, 1, 1, 1]]);
    expect([chosen.opened, chosen.closed, chosen.changes_per_day]).toEqual([0, 0, 0]);
  });

  it('are not told of while there is no such night', async () => {
    const { nights, chosen, days } = await askThreshold(await openWith(eachDay('Fay', 102, (day) => day <= 50)));
    expect(days.at(-1)?.flagged).toBe(1);
    expect([nights, chosen.opened, chosen.closed, chosen.changes_per_day]).toEqual([0, 0, 0, null]);
  });
});

describe('what storing a threshold would do', () => {
  it('is what it does', async () => {
    const changed = await openWith([...SESSIONS, ...eachDay('Fay', 60, (day) => day <= 6)]);
    await scoreAll(changed);
    const flags = async () => changed.db.selectFrom('risk_flags').selectAll().execute();
    const before = await flags();
    const { on_change } = await askThreshold(changed, '?risk_threshold=5');
    await changed.send({ method: 'PUT', url: '/api/settings', payload: { risk_threshold: 5 } });
    const after = await flags();
    expect(on_change).toEqual({ opened: after.length - before.length, closed: 0, level_changed: 0 });
    expect(on_change.opened).toBe(1);
    const raised = (await askThreshold(changed, '?risk_threshold=40')).on_change;
    await changed.send({ method: 'PUT', url: '/api/settings', payload: { risk_threshold: 40 } });
    const open = (await flags()).filter(({ closed_at }) => closed_at === null);
    expect(raised).toEqual({ opened: 0, closed: after.length - open.length, level_changed: 0 });
    expect(raised.closed).toBeGreaterThan(0);
  });

  it('is the current setting at once when it was stored, and then changes nothing', async () => {
    const changed = await openWith(SESSIONS);
    await scoreAll(changed);
    await askThreshold(changed);
    await changed.send({ method: 'PUT', url: '/api/settings', payload: { risk_threshold: 20 } });
    const { current, chosen, on_change } = await askThreshold(changed);
    expect([current.risk_threshold, chosen.risk_threshold]).toEqual([20, 20]);
    expect(on_change).toEqual({ opened: 0, closed: 0, level_changed: 0 });
  });
});
