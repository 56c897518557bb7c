import { expect, test } from 'vitest';
import { overviewQuery, tutorQuery } from './queries.ts';

const DAY = '2026-10-03';

/** What is on screen while the answer to one question is waited for, after another was answered. */
function keptAfter(asked: ReturnType<typeof overviewQuery>, before: ReturnType<typeof overviewQuery>): unknown {
  const { placeholderData } = asked;
  if (typeof placeholderData !== 'function') throw new Error('nothing is ever kept');
  return Reflect.apply(placeholderData, undefined, ['the answer before', { queryKey: before.queryKey }]);
}

test('keeps what was asked before on screen, but never the figures of one day under the name of another', () => {
  expect(keptAfter(overviewQuery(7), overviewQuery(30))).toBe('the answer before');
  expect(keptAfter(overviewQuery(7, DAY), overviewQuery(30, DAY))).toBe('the answer before');
  expect(keptAfter(overviewQuery(30, DAY), overviewQuery(30))).toBeUndefined();
  expect(keptAfter(overviewQuery(30), overviewQuery(30, DAY))).toBeUndefined();
  expect(keptAfter(overviewQuery(30, '2026-10-04'), overviewQuery(30, DAY))).toBeUndefined();
});

test('does not ask for the past again by itself', () => {
  expect(overviewQuery(30, DAY)).toMatchObject({ refetchInterval: false, refetchOnWindowFocus: false });
  expect(tutorQuery('maria', DAY)).toMatchObject({ refetchInterval: false });
  expect(overviewQuery(30)).not.toHaveProperty('refetchInterval');
});

test('holds the tutor of one day apart from that of another', () => {
  expect(tutorQuery('maria', DAY).queryKey).not.toEqual(tutorQuery('maria').queryKey);
});
