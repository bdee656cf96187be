import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { rich } from './rich.tsx';

describe('rich', () => {
  const drawn = (sentence: string, pieces: Parameters<typeof rich>[1]) => renderToString(<p>{rich(sentence, pieces)}</p>);

  it('fills in what is named and puts elements around words', () => {
    expect(drawn('Ends on {day}. <again>Connect again</again> before.', { day: <b>Tue</b>, again: (words) => <a href="/channels">{words}</a> }))
      .toBe('<p>Ends on <b>Tue</b>. <a href="/channels">Connect again</a> before.</p>');
  });

  it('escapes what it is given, and leaves a sentence without holes alone', () => {
    expect(drawn('Hello {name}', { name: '<script>' })).toBe('<p>Hello &lt;script></p>');
    expect(drawn('Plain words.', {})).toBe('<p>Plain words.</p>');
  });

  it('does not draw a sentence with a hole in it', () => {
    expect(() => rich('Hello {name}', {})).toThrow('nothing is given for name');
  });
});
