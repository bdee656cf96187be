import type { Problem } from '../../domain/limits.ts';
import { excerptOf, type Content } from '../../domain/post.ts';
import { intakeRefusals as t } from '../../domain/texts/refusals/intake.ts';
import { isPublic } from '../../media/public-url.ts';
import type { Button, Saying } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';
import type { IntakeLink } from '../../store/intake/intake.ts';
import { carrying } from './carrying.ts';

/** What the bot says. Each is short, plain, and names the one thing to do. */

export const commands = [
  { name: 'next', what: t.commandNext },
  { name: 'drafts', what: t.commandDrafts },
  { name: 'queue', what: t.commandQueue },
  { name: 'channels', what: t.commandChannels },
  { name: 'stop', what: t.commandStop },
  { name: 'help', what: t.commandHelp },
] as const;

export function helpText({ workspaceName, userName }: IntakeLink, takes: string): string {
  return [
    t.welcome(workspaceName, userName, takes),
    ...commands.map(({ name, what }) => `/${name}: ${what}`),
  ].join('\n');
}

export const strangerText = t.stranger;
export const expiredText = t.linkOver;

export function elsewhereText({ workspaceName, userName }: IntakeLink): string {
  return t.linkedAlready(workspaceName, userName);
}

export function linkedText(link: IntakeLink, takes: string): string {
  return t.linked(helpText(link, takes));
}

export const stoppedText = t.stopped;
export const mayNotText = t.mayNotWrite;
export const unknownCommandText = t.commandUnknown;

/** Address of a page of this instance. */
export function pageUrl(publicUrl: string, path: string): string {
  return `${publicUrl}${path}`;
}

/** A button that opens a page; none where the platform could not open it. */
export function pageButton(publicUrl: string, label: string, path: string): Button[] {
  return isPublic(publicUrl) ? [{ label, url: pageUrl(publicUrl, path) }] : [];
}

export interface DraftShown {
  id: string;
  version: number;
  content: Content;
}

/** What can be done with a draft that nobody has changed. */
export function draftButtons(publicUrl: string, { id, version }: Pick<DraftShown, 'id' | 'version'>): Saying['buttons'] {
  const carry = (act: 'next' | 'ask' | 'drop') => carrying({ act, id, version });
  return [
    [{ label: t.nextFree, carries: carry('next') }, { label: t.publishNow, carries: carry('ask') }],
    [{ label: t.discard, carries: carry('drop') }, ...pageButton(publicUrl, t.open, `/posts/${id}/edit`)],
  ];
}

export function draftText(head: string, { id, content }: DraftShown, channels: readonly Channel[], refusals: readonly string[], publicUrl: string): string {
  const files = content.parts[0].media.length;
  return lines(
    `${head} ${quoted(content)}`.trim(),
    files > 0 && (files === 1 ? t.withOneFile : t.withFiles(files)),
    ...refusals,
    whereText(channels),
    pageUrl(publicUrl, `/posts/${id}/edit`),
  );
}

export function whereText(channels: readonly Channel[]): string {
  return channels.length === 0 ? t.noChannelChosen : t.forChannels(channels.map(({ name }) => name).join(', '));
}

/** What stands in the way, each once, with the page where it is mended. */
export function problemsText(problems: readonly Problem[], id: string, publicUrl: string): string {
  const said = [...new Set(problems.filter(({ level }) => level !== 'warning').map(({ message }) => message))];
  return lines(t.stillDraft, ...said.slice(0, 12).map((message) => `· ${message}`), t.mendHere(pageUrl(publicUrl, `/posts/${id}/edit`)));
}

export function lines(...parts: (string | false)[]): string {
  return parts.filter((part) => part !== false && part !== '').join('\n');
}

/** The first words, in quotes; nothing for a post without any. */
export function quoted(content: Content): string {
  const words = excerptOf(content, 80);
  return words === '' ? '' : `“${words}”`;
}

/** "Tue 24 Nov, 10:02 Berlin". */
export function whenText(at: number, zone: string): string {
  const text = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
  return `${text} ${(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')}`;
}

export function tooLargeText(name: string, most: string, publicUrl: string): string {
  return t.tooLarge(name, most, pageUrl(publicUrl, '/media'));
}

export function tooOldText(publicUrl: string): string {
  return t.tooOld(pageUrl(publicUrl, '/posts?show=draft'));
}

export const nothingText = t.nothingInIt;

export function lateText(isThere: boolean, id: string, publicUrl: string): string {
  return isThere ? t.draftMoved(pageUrl(publicUrl, `/posts/${id}`)) : t.draftDiscarded;
}

export function frozenText(publicUrl: string): string {
  return t.frozen(publicUrl);
}
