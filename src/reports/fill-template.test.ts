import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate, escapeHtml } from './fill-template.ts';

describe('a template', () => {
  it('takes values and repeats blocks, also inside each other', () => {
    const fill = compileTemplate('<b>{{name}}</b>{{#rows}}[{{x}}{{#cells}}({{y}}){{/cells}}]{{/rows}}.');
    expect(
      fill({
        name: 'A',
        rows: [
          { x: '1', cells: [{ y: 'a' }, { y: 'b' }] },
          { x: '2', cells: [] },
        ],
      }),
    ).toBe('<b>A</b>[1(a)(b)][2].');
    expect(fill({ name: 'A', rows: [] })).toBe('<b>A</b>.');
  });

  it('never reads a value as template', () => {
    const fill = compileTemplate('{{a}}{{b}}{{#c}}{{d}}{{/c}}');
    expect(fill({ a: '{{b}}', b: '{{#c}}', c: [{ d: '{{/c}}' }] })).toBe('{{b}}{{#c}}{{/c}}');
    expect(compileTemplate('{{a}}')({ a: '$& $1 \\1' })).toBe('$&amp; $1 \\1');
  });

  it('leaves no value a way out of a text or a quoted attribute', () => {
    const fill = compileTemplate('<a title="{{value}}">{{value}}</a>');
    expect(fill({ value: `"><script>alert('x')</script>&amp;` })).toBe(
      '<a title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;</a>',
    );
    fc.assert(fc.property(fc.string(), (value) => !/[<>"']/.test(escapeHtml(value))));
  });

  it('says so when a block is not closed, closed twice or not opened', () => {
    expect(() => compileTemplate('{{#a}}x')).toThrow('does not close {{#a}}');
    expect(() => compileTemplate('x{{/a}}')).toThrow('closes {{/a}} without opening it');
    expect(() => compileTemplate('{{#a}}{{#b}}{{/a}}{{/b}}')).toThrow('closes {{/a}}');
  });

  it('says so when a value is missing or of the other kind', () => {
    expect(() => compileTemplate('{{a}}')({})).toThrow('no value for {{a}}');
    expect(() => compileTemplate('{{a}}')({ a: [] })).toThrow('no value for {{a}}');
    expect(() => compileTemplate('{{#a}}{{/a}}')({ a: '' })).toThrow('no list for {{#a}}');
    expect(() => compileTemplate('{{constructor}}')({})).toThrow('no value');
  });
});
