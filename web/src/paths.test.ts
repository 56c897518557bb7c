import { describe, expect, it } from 'vitest';
import { pathAfterSignIn } from './paths.ts';

describe('where signing in leads', () => {
  it.each(['/', '/tutors?search=a%20b&page=2', '/reports?open=7d444840-9dc0-11d1-b245-5ffdce74fad2#end'])(
    'is the page that was asked for: %s',
    (asked) => {
      expect(pathAfterSignIn(asked)).toBe(asked);
    },
  );

  it.each([
    undefined,
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    ' //evil.example',
    'https://evil.example/tutors',
    'javascript:alert(1)',
    'http://',
  ])('is the overview for %j, never another site', (asked) => {
    expect(pathAfterSignIn(asked)).toBe('/');
  });
});
