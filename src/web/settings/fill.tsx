import type { ComponentChildren } from 'preact';
import { callbackUrl } from '../../actions/channels/connect.ts';

/** What stands for `{callback:ID}`, `{url:/path}`, `{name}` and `{url}` in the texts of a set-up. */
export interface Filling {
  publicUrl: string;
  /** Of the instance. */
  name: string;
}

const placeholder = /\{(callback:[\w-]+|url:\/[^}\s]*|name|url)\}/gu;

/** `{url}/path` is one address as well. */
const joined = /\{url\}(\/[\w/-]*)/gu;

export function filled(text: string, filling: Filling): string {
  return text.replaceAll(placeholder, (_whole, key: string) => valueOf(key, filling));
}

/** The same with each address set apart, to be seen whole and copied. */
export function FilledText({ text, filling }: { text: string; filling: Filling }): ComponentChildren {
  return text.replaceAll(joined, '{url:$1}').split(placeholder).map((part, n) => (n % 2 === 0 ? part : part === 'name' ? filling.name : <code>{valueOf(part, filling)}</code>));
}

function valueOf(key: string, { publicUrl, name }: Filling): string {
  if (key === 'name') return name;
  if (key === 'url') return publicUrl;
  return key.startsWith('callback:') ? callbackUrl(publicUrl, { id: key.slice('callback:'.length) }) : `${publicUrl}${key.slice('url:'.length)}`;
}
