/** HTML drops a line break at the very beginning of a text area; the page that the server sends says it twice. */
export function typed(text: string): string {
  return typeof document === 'undefined' && text.startsWith('\n') ? `\n${text}` : text;
}
