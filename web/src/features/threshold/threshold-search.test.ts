import { describe, expect, it } from 'vitest';
import { addressOf, readThresholdSearch } from './threshold-search.ts';

describe('the address of the page', () => {
  it('is about the stored threshold and the flags as they are, unless it says otherwise', () => {
    expect(readThresholdSearch({})).toEqual({ risk_threshold: undefined, level: 'flagged' });
    expect(readThresholdSearch({ risk_threshold: '17.5', level: 'literal' })).toEqual({
      risk_threshold: 17.5,
      level: 'literal',
    });
  });

  it.each(['', 'x', '-1', '101', '12.345', '1e1', ' 5'])('takes %j for no threshold', (text) => {
    expect(readThresholdSearch({ risk_threshold: text }).risk_threshold).toBe(undefined);
  });

  it('leaves out what is as usual', () => {
    expect(addressOf({ risk_threshold: 20, level: 'literal' }, { level: 'flagged' })).toEqual({ risk_threshold: 20 });
    expect(addressOf({ level: 'flagged' }, { risk_threshold: 12.5 })).toEqual({ risk_threshold: 12.5 });
  });
});
