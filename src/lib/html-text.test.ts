import { describe, expect, it } from 'vitest';
import { textOfHtml, type Markup } from './html-text.ts';

const markdown: Markup = { bold: '**', italic: '*', strike: '~~', code: '`', heading: '#', quote: '> ', bullet: '- ', links: true };

describe('the words of HTML', () => {
  it.each([
    ['plain', 'Just words', 'Just words'],
    ['plain with signs', 'AT&T, a < b &amp; c > d, x <3 y', 'AT&T, a < b &amp; c > d, x <3 y'],
    ['plain with lines', 'one\r\ntwo\n\nthree', 'one\ntwo\n\nthree'],
    ['plain generics', 'Map<String> is a type', 'Map<String> is a type'],
    ['paragraphs', '<p>one</p><p>two</p>', 'one\ntwo'],
    ['an empty paragraph', '<p>one</p><p></p><p>two</p>', 'one\n\ntwo'],
    ['two empty paragraphs', '<p>one</p><p></p><p><br></p><p>two</p>', 'one\n\n\n\ntwo'],
    ['a break', 'one<br>two<br/><br>three', 'one\ntwo\n\nthree'],
    ['marks', '<p><strong>bold</strong>, <u>under</u>, <em>slant</em> and <s>gone</s></p>', 'bold, under, slant and gone'],
    ['entities', '<p>Tom &amp; Jerry &lt;3 &#128075;&nbsp;x</p>', 'Tom & Jerry <3 👋 x'],
    ['lists', '<p>Buy:</p><ul><li><p>milk</p></li><li><p>bread</p></li></ul><ol><li>first</li><li>second</li></ol><p>end</p>', 'Buy:\n• milk\n• bread\n1. first\n2. second\nend'],
    ['links', '<p>See <a href="https://example.org/a?b=1&amp;c=2">this page</a> now</p>', 'See this page https://example.org/a?b=1&c=2 now'],
    ['links that name themselves', '<p><a href="https://example.org/">https://example.org/</a> and <a href="https://example.org/x">example.org/x</a></p>', 'https://example.org/ and https://example.org/x'],
    ['links that lead nowhere', '<p><a href="javascript:alert(1)">press</a></p>', 'press'],
    ['a mention', '<p>Hi <span class="mention" data-mention-id="did:plc:1" data-mention-label="ada.example">@ada.example</span>!</p>', 'Hi @ada.example!'],
    ['headings', '<h1>Title</h1><h2>Part</h2><p>Words</p>', 'Title\nPart\nWords'],
    ['what runs is left out', '<p>a</p><script>alert(1)</script><style>p{}</style><p>b</p>', 'a\nb'],
    ['what HTML does not have is words', '<p>Use List<String> here</p>', 'Use List<String> here'],
    ['white space of the source', '<p>\n  one\n  two\n</p>\n<p>three</p>', 'one two\nthree'],
    ['left open', '<p>one<p>two <b>three', 'one\ntwo three'],
    ['nothing', '<p></p>', ''],
  ])('%s', (_name, html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it.each([
    ['<p><strong>bold</strong> <em>slant</em> <s>gone</s> <code>code</code> <u>under</u></p>', '**bold** *slant* ~~gone~~ `code` under'],
    ['<p><strong> spaced </strong>word<strong></strong></p>', '**spaced** word'],
    ['<h2>Part</h2><ul><li>one</li></ul><blockquote>said</blockquote>', '## Part\n- one\n> said'],
    ['<p><a href="https://example.org/">here</a></p>', '[here](https://example.org/)'],
  ])('with the marks of a network: %s', (html, text) => {
    expect(textOfHtml(html, markdown)).toBe(text);
  });

  it('mentions as a network wants them', () => {
    const html = '<p>With <span data-mention-id="urn:li:organization:1" data-mention-label="Harbour">@Harbour</span> today</p>';
    expect(textOfHtml(html, { mention: '@[{label}]({id})' })).toBe('With @[Harbour](urn:li:organization:1) today');
  });

  it('takes whatever is nested', () => {
    expect(textOfHtml(`${'<div>'.repeat(19_000)}deep${'</div>'.repeat(19_000)}`)).toBe('deep');
  });
});
