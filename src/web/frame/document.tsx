import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { frameTexts as t } from '../../domain/texts/pages/frame.ts';
import type { Look } from '../look.ts';
import type { Manifest } from '../manifest.ts';
import { Sells } from './sells.ts';

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
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content={look === 'system' ? 'light dark' : look} />
        <title>{t.documentTitle(title)}</title>
        <link rel="icon" href={manifest('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={manifest('app.css')} />
        {islands.map((name) => <script type="module" src={manifest(`islands/${name}.js`)} />)}
      </head>
      <body class={bodyClass}>{children}</body>
    </html>
  );
}

/** The frame of what has no account yet or no more: a sheet of paper. */
export function Sheet({ title, lead, instance, children }: { title: string; lead?: string; instance: string; children: ComponentChildren }) {
  return (
    <main class="sheet" id="main">
      <p><a class="wordmark" href="/">{instance}</a></p>
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
    <nav class="public-links" aria-label={t.aboutSite}>
      {sells && <a href="/pricing">{t.publicPlans}</a>} <a href="/privacy">{t.publicPrivacy}</a> <a href="/terms">{t.publicTerms}</a> <a href="/processors">{t.publicProcessors}</a> <a href="/data-deletion">{t.publicDeletion}</a> <a href="/contact">{t.publicContact}</a>
    </nav>
  );
}
