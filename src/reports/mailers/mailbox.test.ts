import { describe, expect, it } from 'vitest';
import { parseMailbox } from './mailbox.ts';

describe('an address', () => {
  it.each([
    ['ada@example.com', '', 'ada@example.com'],
    ['admin@localhost', '', 'admin@localhost'],
    [' ada@example.com ', '', 'ada@example.com'],
    ['Ada Lovelace <ada@example.com>', 'Ada Lovelace', 'ada@example.com'],
    ['"Lovelace, Ada" <ada@example.com>', 'Lovelace, Ada', 'ada@example.com'],
    ['<ada@example.com>', '', 'ada@example.com'],
    ['Zoë <zoë@exämple.com>', 'Zoë', 'zoë@exämple.com'],
  ])('is read from %j', (value, name, address) => {
    expect(parseMailbox(value)).toEqual({ name, address });
  });

  it.each([
    '',
    'ada',
    'ada@',
    '@example.com',
    'a@b@c',
    'ada@example.com, eve@example.com',
    'ada@example.com;eve@example.com',
    'ada@example.com\nBcc: eve@example.com',
    'Ada\r\nBcc: eve@example.com <ada@example.com>',
    'Ada <ada@example.com> <eve@example.com>',
    'Ada <ada@example.com', // one bracket only
    `${'a'.repeat(250)}@b.de`,
  ])('is not %j', (value) => {
    expect(parseMailbox(value)).toBeNull();
  });
});
