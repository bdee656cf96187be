import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import type { Channel } from '../../store/channels.ts';
import type { Look } from '../look.ts';
import type { Manifest } from '../manifest.ts';
import type { Said } from '../page.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { For } from './role.tsx';
import { Sells } from './sells.ts';
import { clockText, dayText, spanText, Time } from '../words/time.tsx';
import { SaidLine } from '../ui/toast.tsx';
import { listText } from '../words/words.ts';

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

/** The frame of what anybody may read; `front`: the start page, which is wider. */
export function Paper({ title, lead, instance, front = false, children }: { title: string; lead?: string; instance: string; front?: boolean; children: ComponentChildren }) {
  return (
    <div class={front ? 'paper front' : 'paper'}>
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
  const sells = useContext(Sells);
  return (
    <nav class="public-links" aria-label="About this site">
      {sells && <a href="/pricing">Plans</a>} <a href="/privacy">Privacy</a> <a href="/terms">Terms</a> <a href="/processors">Processors</a> <a href="/data-deletion">Deleting your data</a> <a href="/contact">Contact</a>
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
  workspace: { id: string; name: string; zone: string };
  /** Every workspace of this person, the present one included. */
  workspaces: readonly { id: string; name: string }[];
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
  /** What else every page says on top: deletions that can still be undone, and `web/banners.tsx`. */
  banners: ComponentChildren;
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

export function Frame({ current, workspace, workspaces, csrf, strip, now, said, endings, here, pulse, banners, children }: FrameProps) {
  return (
    <>
      <a class="skip" href="#main">Skip to the page</a>
      <header class="rail">
        <div class="workspace">
          <p class="wordmark">Post Master</p>
          <Switcher workspace={workspace} workspaces={workspaces} csrf={csrf} />
        </div>
        <For role="editor"><a class="button primary compose" href="/posts/new"><Icon name="write" /><span>New post</span></a></For>
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
        {banners}
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

/** The present workspace, and the way to another: a menu that needs no script. */
function Switcher({ workspace, workspaces, csrf }: Pick<FrameProps, 'workspace' | 'workspaces' | 'csrf'>) {
  const others = workspaces.filter(({ id }) => id !== workspace.id);
  return (
    <details class="switcher">
      <summary><Icon name="workspace" /><span class="switcher-name"><span class="visually-hidden">Workspace: </span>{workspace.name}</span></summary>
      <div class="switcher-menu">
        {others.length > 0 && (
          <Form action="/workspaces/switch" csrf={csrf}>
            <ul>{others.map(({ id, name }) => <li><button name="workspace" value={id}>{name}</button></li>)}</ul>
          </Form>
        )}
        <a href="/settings/members">Members</a>
        <a href="/workspaces/new">New workspace</a>
      </div>
    </details>
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
