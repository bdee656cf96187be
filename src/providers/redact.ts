/** A key whose value must not be kept, in JSON or in a form. */
const secretPair = /("?[\w-]*(?:token|jwt|secret|password|authorization|assertion|code_verifier)[\w-]*"?\s*[:=]\s*)("[^"]*"?|[^\s,&}]+)/giu;

/** Origin and path of a call, without the query and without any of `secrets`. */
export function redactedUrl(url: URL, secrets: readonly string[]): string {
  return without(decodeSafely(url.origin + url.pathname), secrets).slice(0, 300);
}

/** At most 1,000 characters of an answer, without `secrets` and without what looks like one. */
export function excerpt(text: string, secrets: readonly string[]): string {
  return without(text.slice(0, 4_000), secrets).replaceAll(secretPair, '$1"[removed]"').slice(0, 1_000);
}

function without(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .reduce((rest, secret) => rest.replaceAll(secret, '[removed]'), text);
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
