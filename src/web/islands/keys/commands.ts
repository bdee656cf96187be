import { keyTexts as t } from '../../../domain/texts/pages/frame.ts';
import { openHelp } from './help.tsx';

/** Something that can be chosen in the palette. */
export interface Command {
  kind: 'do' | 'page' | 'channel' | 'post' | 'search';
  label: string;
  /** Other words that find it. */
  also: string;
  /** True where nobody looks for it without a word. */
  rare?: boolean;
  run(): void;
}

export const to = (href: string) => () => location.assign(href);

/** What can be done from where one is: what the page has a button for, and what is there on every page. */
export function actionsHere(): Command[] {
  const press = (selector: string) => document.querySelector<HTMLElement>(selector);
  const pressing = (label: string, also: string, selector: string): Command[] => {
    const button = press(selector);
    return button ? [{ kind: 'do', label, also, run: () => button.click() }] : [];
  };
  const leading = (label: string, also: string, href: string): Command => ({ kind: 'do', label, also, run: to(href) });
  return [
    ...pressing(t.scheduleThis, '', '#main button[name=intent][value=schedule]'),
    ...pressing(t.publishThis, '', '#main button[name=intent][value=now]'),
    ...(press('.compose, .bar-write') ? [leading(t.write, t.writeAlso, '/posts/new'), leading(t.upload, t.uploadAlso, '/media')] : []),
    ...[
      ...pressing(t.dark, t.lookAlso, 'button[name=look][value=dark][aria-pressed=false]'),
      ...pressing(t.light, t.lookAlso, 'button[name=look][value=light][aria-pressed=false]'),
      ...pressing(t.system, t.lookAlso, 'button[name=look][value=system][aria-pressed=false]'),
      ...pressing(t.fold, t.foldAlso, '.fold-switch'),
      { kind: 'do', label: t.keys, also: t.keysAlso, run: openHelp } satisfies Command,
      ...pressing(t.logOut, t.logOutAlso, '.way-out button'),
    ].map((command): Command => ({ ...command, rare: true })),
  ];
}
