import type { ComponentChildren } from 'preact';
import type { Channel } from '../../store/channels.ts';
import type { Look } from '../look.ts';
import type { Manifest } from '../manifest.ts';
import type { Said } from '../page.tsx';
import { Icon, type IconName } from './icon.tsx';
import { ActionButton } from './form.tsx';
import { clockText, dayText, spanText, Time } from './time.tsx';
import { SaidLine } from './toast.tsx';
import { listText } from './words.ts';

export interface DocumentProps {
  title: string;
  manifest: Manifest;
  /** Names of the scripts this page earns, e.g. `composer`. */
  islands?: readonly string[];
  children: ComponentChildren;
  bodyClass: string;
  look?: Look;
}

export function Document({ title, manifest, islands = [], children, bodyClass, look = 'system' }: DocumentProps) {
  return (
    <html lang="en" data-look={look === 'system' ? undefined : look}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={look === 'system' ? 'light dark' : look} />
        <title>{`${title} · Post Master`}</title>
        <link rel="icon" href={manifest('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={manifest('app.css')} />
        {islands.map((name) => <script type="module" src={manifest(`islands/${name}.js`)} />)}
      </head>
      <body class={bodyClass}>{children}</body>
    </html>
  );
}

/** The frame of what has no account yet or no more: a sheet of paper. */
export function Sheet({ title, lead, children }: { title: string; lead?: string; children: ComponentChildren }) {
  return (
    <main class="sheet" id="main">
      <p class="wordmark">Post Master</p>
      <h1>{title}</h1>
      {lead && <p class="lead">{lead}</p>}
      {children}
      <PublicLinks />
    </main>
  );
}

/** The frame of what anybody may read. */
export function Paper({ title, lead, instance, children }: { title: string; lead?: string; instance: string; children: ComponentChildren }) {
  return (
    <div class="paper">
      <header><a class="wordmark" href="/">{instance}</a></header>
      <main id="main">
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
        {children}
      </main>
      <PublicLinks />
    </div>
  );
}

function PublicLinks() {
  return (
    <nav class="public-links" aria-label="About this site">
      <a href="/privacy">Privacy</a> <a href="/terms">Terms</a> <a href="/data-deletion">Deleting your data</a>
    </nav>
  );
}

export interface Strip {
  /** How long ago the scheduler ran (ms); null when it has not. */
  ranAgo: number | null;
  waiting: number;
  /** How late the oldest due publication is (ms); null when none is. */
  oldestLate: number | null;
  nextAt: number | null;
  unconfirmed: number;
  failed: number;
  held: number;
}

export interface FrameProps {
  current: string;
  workspace: { name: string; zone: string };
  csrf: string;
  strip: Strip;
  now: number;
  said: Said | null;
  /** The page's own address. */
  here: string;
  /** See `PageContent.pulse`. */
  pulse: string | undefined;
  /** Channels whose access ends within days. */
  endings: readonly Pick<Channel, 'id' | 'name' | 'connectionId' | 'expiresAt'>[];
  children: ComponentChildren;
}

const places: { href: string; label: string; icon: IconName }[] = [
  { href: '/', label: 'Home', icon: 'home' },
  { href: '/calendar', label: 'Calendar', icon: 'calendar' },
  { href: '/posts', label: 'Posts', icon: 'posts' },
  { href: '/media', label: 'Media', icon: 'media' },
  { href: '/channels', label: 'Channels', icon: 'channels' },
  { href: '/settings', label: 'Settings', icon: 'settings' },
];

export function Frame({ current, workspace, csrf, strip, now, said, endings, here, pulse, children }: FrameProps) {
  return (
    <>
      <a class="skip" href="#main">Skip to the page</a>
      <header class="rail">
        <p class="workspace"><span class="wordmark">Post Master</span><span>{workspace.name}</span></p>
        <a class="button primary compose" href="/posts/new"><Icon name="write" /><span>New post</span></a>
        <nav aria-label="Places">
          {places.map(({ href, label, icon }) => (
            <a href={href} aria-current={current === href ? 'page' : undefined}><Icon name={icon} /><span>{label}</span></a>
          ))}
        </nav>
        <div class="rail-foot">
          <StatusStrip strip={strip} zone={workspace.zone} now={now} />
          <ActionButton action="/logout" csrf={csrf}>Log out</ActionButton>
        </div>
      </header>
      <main id="main" tabIndex={-1} data-pulse={pulse}>
        {said && <SaidLine said={said} csrf={csrf} here={here} />}
        {[...Map.groupBy(endings, ({ connectionId }) => connectionId).values()].map(([first, ...more]) => first && (
          <p class="banner" role="status">
            Access to {listText([first, ...more].map(({ name }) => name))} ends on {first.expiresAt !== null && <Time at={first.expiresAt} zone={workspace.zone} />}. <a href={`/channels#channel-${first.id}`}>Reconnect</a>
          </p>
        ))}
        {children}
      </main>
      <p id="announced" class="visually-hidden" role="status"></p>
    </>
  );
}

export function StatusStrip({ strip, zone, now }: { strip: Strip; zone: string; now: number }) {
  const { ranAgo, waiting, nextAt, oldestLate, unconfirmed, failed, held } = strip;
  const next = nextAt === null ? '' : ` · next ${nextAt - now < 20 * 3_600_000 ? '' : `${dayText(nextAt, zone)} `}${clockText(nextAt, zone)}`;
  const stalled = ranAgo === null || ranAgo > 30_000;
  return (
    <div class="strip">
      <p class={stalled ? 'needs-you' : ''}>
        {ranAgo === null ? 'Scheduler has not run yet' : `Scheduler ran ${spanText(ranAgo)} ago`} · {waiting} waiting{next}
      </p>
      {oldestLate !== null && oldestLate > 60_000 && <p class="needs-you">The oldest is {spanText(oldestLate)} late</p>}
      {unconfirmed > 0 && <p class="needs-you"><a href="/unconfirmed">{unconfirmed} unconfirmed</a></p>}
      {failed > 0 && <p class="needs-you"><a href="/posts?show=failed">{failed} failed</a></p>}
      {held > 0 && <p class="needs-you"><a href="/posts?show=scheduled">{held} held</a></p>}
    </div>
  );
}
