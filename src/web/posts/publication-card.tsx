import type { Problem } from '../../domain/limits.ts';
import type { Content } from '../../domain/post.ts';
import { notesStep, type Publication } from '../../domain/publication.ts';
import type { Remedy } from '../../domain/posts/remedy.ts';
import { postTexts as t } from '../../domain/texts/writing/post.ts';
import type { Registry } from '../../providers/index.ts';
import type { Channel } from '../../store/channels.ts';
import type { Step } from '../../store/journal.ts';
import { For } from '../frame/role.tsx';
import type { View } from '../page.tsx';
import { ChannelName } from '../ui/avatar.tsx';
import { ActionButton, ButtonLink, Buttons } from '../ui/button.tsx';
import { safeHref } from '../words/links.ts';
import { rich } from '../words/rich.tsx';
import { Postmark, publicationText } from '../words/state.tsx';
import { spanText, Time } from '../words/time.tsx';
import { Evidence, type Journal } from './evidence.tsx';
import { PrimaryRemedy, remedyFor } from './remedy.tsx';

export interface PublicationCardProps {
  publication: Publication;
  channel: Channel | undefined;
  providers: Registry;
  journal: Journal | undefined;
  /** What this channel gets, where that is not the post as it is. */
  own?: Content | null;
  /** How many parts it has. */
  parts: number;
  /** Its words and files are gone: there is nothing to send again. */
  contentDeleted?: boolean;
  page: View;
  problems: readonly Problem[];
}

/** One destination: what happened, since when, the one thing to do about it, and the evidence to unfold. */
export function PublicationCard(props: PublicationCardProps) {
  const { publication, channel, providers, journal, own, contentDeleted = false, page } = props;
  const { workspace, now } = page;
  const provider = providers.get(publication.provider);
  const network = provider?.name ?? publication.provider;
  const { status, failure, publishedAt, held } = publication;
  const remedy = remedyFor(publication, channel, contentDeleted);
  return (
    <li class={`card edge-${held === null ? status : 'held'}`} id={`publication-${publication.id}`}>
      <div class="card-head">
        {channel ? <ChannelName channel={channel} provider={provider} /> : <span>{network}</span>}
        {status === 'published' && publishedAt !== null && <Postmark network={provider?.name ?? ''} at={publishedAt} zone={workspace.zone} />}
      </div>
      {own && <blockquote class="own-words">{own.parts.map(({ text }) => <p>{text}</p>)}</blockquote>}
      <p class="standing">{publicationText(publication, now)}</p>
      {publishedAt !== null && <Out publication={publication} at={publishedAt} network={network} zone={workspace.zone} />}
      {status === 'published' && notesIn(journal?.steps ?? []).map((note) => <p class="cause">{note}</p>)}
      {remedy !== null && <Since publication={publication} journal={journal} zone={workspace.zone} now={now} />}
      {failure && status !== 'published' && <p class="cause">{failure.message}</p>}
      {failure?.kind === 'rejected' && status === 'failed' && !contentDeleted && <p class="cause">{failure.fix}</p>}
      {failure?.kind === 'auth' && remedy === 'retry' && <p class="cause">{t.reconnectedSince}</p>}
      <PartsOut steps={journal?.steps ?? []} status={status} />
      {remedy !== null && <Remedies {...props} remedy={remedy} network={network} />}
      {journal && journal.attempts.length > 0 && <Evidence journal={journal} zone={workspace.zone} />}
    </li>
  );
}

function Out({ publication: { scheduledFor, url }, at, network, zone }: { publication: Publication; at: number; network: string; zone: string }) {
  const late = at - scheduledFor;
  const link = safeHref(url);
  return (
    <p>
      {rich(late > 60_000 ? t.outSinceLate(spanText(late)) : t.outSince, { when: <Time at={at} zone={zone} /> })} {link && <a href={link} rel="noopener noreferrer">{t.seeIt(network)}</a>}
    </p>
  );
}

/** Since when it needs somebody: its last try, or its time where it was never tried. */
function Since({ publication: { scheduledFor, held }, journal, zone, now }: { publication: Publication; journal: Journal | undefined; zone: string; now: number }) {
  const attempts = journal?.attempts ?? [];
  const last = held === null ? attempts.at(-1) : undefined;
  const at = last?.endedAt ?? last?.startedAt ?? scheduledFor;
  if (at > now) return null;
  return <p class="help">{rich(t.since, { when: <Time at={at} zone={zone} /> })}{attempts.length > 0 && <>. {t.tried(attempts.length)}</>}</p>;
}

/** What the network made of it, where that is not quite what was asked for. */
function notesIn(steps: readonly Step[]): string[] {
  const told = steps.find(({ name }) => name === notesStep)?.result;
  return Array.isArray(told) ? told.filter((note) => typeof note === 'string') : [];
}

/** Of a thread some parts may be out and others not. */
function PartsOut({ steps, status }: { steps: readonly Step[]; status: Publication['status'] }) {
  const visible = steps.filter(({ kind }) => kind === 'once');
  const out = visible.filter(({ state }) => state === 'done').length;
  if (out === 0 || status === 'published') return null;
  return <p class="cause">{t.partsOut(out, visible.length - out)}</p>;
}

/** The one thing to do, and quieter what else can be done. */
function Remedies({ publication, channel, contentDeleted = false, page: { csrf }, problems, parts, remedy, network }: PublicationCardProps & { remedy: Remedy; network: string }) {
  const base = `/publications/${publication.id}`;
  const primary = <PrimaryRemedy remedy={remedy} publication={publication} channel={channel} csrf={csrf} problems={problems} />;
  if (remedy === 'look') {
    const place = safeHref(channel?.url);
    return (
      <div class="decision">
        <p class="cause">{t.unconfirmedWhy} {parts > 1 && t.partsBehind}</p>
        <p>{t.lookFirst}</p>
        {place && <ButtonLink href={place} target="_blank" rel="noopener noreferrer">{t.checkOn(network)}</ButtonLink>}
        {primary}
        <For role="editor">
          <Buttons>
            {channel?.removedAt === null && !contentDeleted && <ActionButton action={`${base}/again`} csrf={csrf}>{t.notThere}</ActionButton>}
            <ActionButton action={`${base}/drop`} csrf={csrf}>{t.drop}</ActionButton>
          </Buttons>
        </For>
      </div>
    );
  }
  if (publication.status !== 'failed') return primary;
  return (
    <>
      {primary}
      <Buttons>
        <For role="editor">
          {(remedy === 'edit' || (remedy === 'reconnect' && publication.failure?.kind === 'rejected')) && channel?.removedAt === null && <ActionButton action={`${base}/retry`} csrf={csrf}>{t.again}</ActionButton>}
          <ActionButton action={`${base}/drop`} csrf={csrf}>{t.drop}</ActionButton>
        </For>
        {channel?.removedAt === null && <ButtonLink kind="quiet" href={`/channels/${publication.channelId}/failed`}>{t.allFailedHere}</ButtonLink>}
      </Buttons>
    </>
  );
}
