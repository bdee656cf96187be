import { expect, it } from 'vitest';
import { localPath } from './forms.ts';

it('leads to pages of ours, with what they are asked', () => {
  expect(localPath('/posts/new?channel=1')).toBe('/posts/new?channel=1');
  expect(localPath('/a/../calendar#x')).toBe('/calendar');
});

it.each([
  'https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', '/\t/elsewhere.example', '/.//elsewhere.example', '/x/..//elsewhere.example',
  '/%2e//elsewhere.example', 'javascript:alert(1)', 'calendar', '', 7, undefined,
])('never leads elsewhere: %s', (text) => {
  const path = localPath(text);
  expect(new URL(path, 'https://post.example.org').host).toBe('post.example.org');
});
