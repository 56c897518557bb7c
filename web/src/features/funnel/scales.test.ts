import { expect, test } from 'vitest';
import { funnelTutor } from '../../../test/example-funnel.ts';
import { boundsOf, rectOf, scalesOf } from './scales.ts';
import { spotsOf } from './spots.ts';

const SPOTS = spotsOf([
  funnelTutor('Ada', { sessions: 200, reschedules: 100 }),
  funnelTutor('Bob', { sessions: 10, reschedules: 0 }),
]);

test('reach above all rates and the threshold, and beyond the most sessions', () => {
  const { x, y } = scalesOf(SPOTS, 15, 800, 400);
  expect(x(200)).toBeLessThan(800);
  expect(y(50)).toBeGreaterThanOrEqual(0);
  expect(y(0)).toBe(400);
  expect(scalesOf([], 15, 800, 400).y.domain()[1]).toBeGreaterThan(20);
  expect(scalesOf([], 100, 800, 400).y.domain()[1]).toBe(100);
});

test('a rectangle that is drawn around a tutor takes in that tutor and is drawn there again', () => {
  const scales = scalesOf(SPOTS, 15, 800, 400);
  const [at, up] = [scales.x(200), scales.y(50)];
  const bounds = boundsOf({ left: at - 20, right: at + 5, top: up - 10, bottom: up + 20 }, scales);
  expect(bounds.sessions_from).toBeLessThan(200);
  expect(bounds.sessions_to).toBeGreaterThanOrEqual(200);
  expect(bounds.rate_from).toBeLessThan(50);
  expect(bounds.rate_to).toBeGreaterThan(50);
  const rect = rectOf(bounds, scales);
  expect(rect.left).toBeLessThan(at);
  expect(rect.right).toBeGreaterThan(at);
  expect(rect.top).toBeLessThan(up);
  expect(rect.bottom).toBeGreaterThan(up);
});

test('bounds that are absent reach to the edges, and others no farther', () => {
  const scales = scalesOf(SPOTS, 15, 800, 400);
  expect(rectOf({}, scales)).toEqual({ left: 0, right: 800, top: 0, bottom: 400 });
  expect(rectOf({ sessions_from: 0, sessions_to: 9_999, rate_to: 100 }, scales)).toEqual({
    left: 0,
    right: 800,
    top: 0,
    bottom: 400,
  });
});
