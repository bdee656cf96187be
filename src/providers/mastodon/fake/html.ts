/** Text as Mastodon shows it: paragraphs, links with their ends hidden, mentions without their host. */
export function htmlOf(text: string): string {
  const paragraphs = text.split(/\n{2,}/u).map((paragraph) => paragraph.split('\n').map(lineOf).join('<br />'));
  return text === '' ? '' : paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
}

function lineOf(line: string): string {
  return line.split(/(https?:\/\/[^\s]+|@\w+@[\w.-]+\w|#\w+)/u).map((piece, n) => (n % 2 === 0 ? escapeHtml(piece) : entityOf(piece))).join('');
}

function entityOf(piece: string): string {
  if (piece.startsWith('#')) return `<a href="/tags/${piece.slice(1)}" class="mention hashtag" rel="tag">#<span>${piece.slice(1)}</span></a>`;
  if (piece.startsWith('@')) return `<span class="h-card"><a href="#" class="u-url mention">@<span>${piece.split('@')[1]}</span></a></span>`;
  const [, scheme = '', rest = ''] = /^(https?:\/\/)(.*)$/u.exec(piece) ?? [];
  return `<a href="${escapeHtml(piece)}" target="_blank" rel="nofollow noopener"><span class="invisible">${scheme}</span>`
    + `<span class="ellipsis">${escapeHtml(rest.slice(0, 30))}</span><span class="invisible">${escapeHtml(rest.slice(30))}</span></a>`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
