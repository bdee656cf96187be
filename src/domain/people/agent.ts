import { names } from '../texts/names.ts';

/** "Firefox on Linux": enough to recognise one's own browser, and no more than that. */
export function browserOf(agent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari|curl)\//u.exec(agent)?.[1] ?? names.someBrowser;
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/u.exec(agent)?.[1];
  const name = { Edg: 'Edge', OPR: 'Opera' }[browser] ?? browser;
  return system ? names.browserOn(name, system.replace(/^Mac OS X$/u, 'macOS')) : name;
}
