/** What a form sent, whatever it really sent: text by name, never anything else. */
export interface FormData {
  one(name: string): string;
  many(name: string): string[];
  has(name: string): boolean;
  /** Names that begin with `prefix`, without it. */
  under(prefix: string): string[];
}

/** Lines end as `\n`; NUL, which no database column and no network takes, is dropped. */
export function formOf(body: unknown): FormData {
  const values = new Map<string, string[]>();
  if (typeof body === 'object' && body !== null) {
    for (const [name, value] of Object.entries(body)) {
      values.set(name, [value].flat().filter((item) => typeof item === 'string').map(clean));
    }
  }
  return {
    one: (name) => values.get(name)?.[0] ?? '',
    many: (name) => values.get(name) ?? [],
    has: (name) => (values.get(name)?.length ?? 0) > 0,
    under: (prefix) => Array.from(values.keys()).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)),
  };
}

function clean(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\0', '').toWellFormed();
}

/** A path on this site to go to after logging in; anything else is the home page. */
export function localPath(text: unknown): string {
  if (typeof text !== 'string' || !/^\/(?![/\\])/u.test(text)) return '/';
  const url = URL.parse(text, 'http://here.invalid');
  // A path may come out of this with two slashes in front (`/.//elsewhere`), which again is somewhere else.
  return url?.host === 'here.invalid' && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}
