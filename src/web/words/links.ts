/** An address that came from a person or a network: only what a browser may safely follow, else nothing. */
export function safeHref(text: string | null | undefined): string | undefined {
  if (!text) return undefined;
  if (/^\/(?![/\\])/u.test(text)) return text;
  const url = URL.parse(text);
  return url && ['http:', 'https:'].includes(url.protocol) ? url.href : undefined;
}
