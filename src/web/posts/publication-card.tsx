import type { Problem } from '../../domain/limits.ts';
import type { Content } from '../../domain/post.ts';
import { notesStep, type HeldReason, type Publication } from '../../domain/publication.ts';
import type { Registry } from '../../providers/index.ts';
import type { Channel } from '../../store/channels.ts';
import type { Attempt, Step } from '../../store/journal.ts';
import { ChannelName } from '../ui/avatar.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';
import { safeHref } from '../words/links.ts';
import { For } from '../frame/role.tsx';
import { Postmark, publicationText } from '../words/state.tsx';
import { clockText, spanText, Time } from '../words/time.tsx';
import type { View } from '../page.tsx';

export interface Journal {
  publicationId: string;
  attempts: readonly Attempt[];
  steps: readonly Step[];
}

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

/** One destination: what happened, since when, what to do about it, and the evidence to unfold. */
export function PublicationCard({ publication, channel, providers, journal, own, parts, contentDeleted = false, page, problems }: PublicationCardProps) {
  const { workspace, now } = page;
  const provider = providers.get(publication.provider);
  const { status, failure, publishedAt, scheduledFor } = publication;
  const link = safeHref(publication.url);
  const late = publishedAt === null ? 0 : publishedAt - scheduledFor;
  return (
    <li class={`card edge-${status}`} id={`publication-${publication.id}`}>
      <div class="card-head">
        {channel ? <ChannelName channel={channel} provider={provider} /> : <span>{provider?.name ?? publication.provider}</span>}
        {status === 'published' && publishedAt !== null && <Postmark network={provider?.name ?? ''} at={publishedAt} zone={workspace.zone} />}
      </div>
      {own && <blockquote class="own-words">{own.parts.map(({ text }) => <p>{text}</p>)}</blockquote>}
      <p class="standing">{publicationText(publication, now)}</p>
      {publishedAt !== null && (
        <p>Out since <Time at={publishedAt} zone={workspace.zone} />{late > 60_000 ? `, ${spanText(late)} after its time` : ''}. {link && <a href={link} rel="noopener noreferrer">See it on {provider?.name}</a>}</p>
      )}
      {status === 'published' && notesIn(journal?.steps ?? []).map((note) => <p class="cause">{note}</p>)}
      {failure && status !== 'published' && <p class="cause">{failure.message}</p>}
      {failure?.kind === 'rejected' && status === 'failed' && <p>{failure.fix}</p>}
      <PartsOut steps={journal?.steps ?? []} status={status} />
      <For role="editor"><Actions publication={publication} channel={channel} page={page} problems={problems} parts={parts} contentDeleted={contentDeleted} /></For>
      {journal && journal.attempts.length > 0 && <Evidence journal={journal} zone={workspace.zone} />}
    </li>
  );
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
  const open = visible.length - out;
  return <p class="cause">{out} {out === 1 ? 'part is' : 'parts are'} out already{open > 0 ? `, and of ${open} we cannot tell` : ''}. What is out is not sent again.</p>;
}

function Actions({ publication, channel, page, problems, parts, contentDeleted }: Pick<PublicationCardProps, 'publication' | 'channel' | 'page' | 'problems' | 'parts' | 'contentDeleted'>) {
  const base = `/publications/${publication.id}`;
  const { csrf } = page;
  if (publication.status === 'unconfirmed') {
    const place = safeHref(channel?.url);
    const inThread = parts > 1;
    return (
      <div class="decision">
        {inThread && <p>Parts of the thread that come after it have not been sent. They go out only if you publish again.</p>}
        <p>Look {place ? <a href={place} rel="noopener noreferrer">at the channel</a> : 'at the channel'}, then say what you saw.</p>
        <Form action={`${base}/confirm`} csrf={csrf} class="confirm">
          <TextField name="url" label="It is there. Its address:" type="url" placeholder="https://" problems={problems} />
          <button class="button primary">It is there</button>
        </Form>
        <div class="buttons">
          <ActionButton action={`${base}/again`} csrf={csrf}>It is not there: publish again</ActionButton>
          <ActionButton action={`${base}/drop`} csrf={csrf}>Drop it</ActionButton>
        </div>
      </div>
    );
  }
  if (publication.status === 'failed' && contentDeleted) {
    return (
      <div class="buttons">
        <a class="button primary" href="/posts/new">Write a new post</a>
        <ActionButton action={`${base}/drop`} csrf={csrf}>Drop it</ActionButton>
      </div>
    );
  }
  if (publication.status === 'failed') {
    const kind = publication.failure?.kind;
    const reconnect = kind === 'auth';
    return (
      <div class="buttons">
        {reconnect && <a class="button primary" href="/channels">Reconnect the channel</a>}
        {kind === 'rejected' && <a class="button primary" href={`/posts/new?from=${publication.postId}&channel=${publication.channelId}`}>Change it as a new post</a>}
        <ActionButton action={`${base}/retry`} csrf={csrf} kind={kind === 'transient' || kind === undefined ? 'primary' : 'quiet'}>Try again</ActionButton>
        <ActionButton action={`${base}/drop`} csrf={csrf}>Drop it</ActionButton>
      </div>
    );
  }
  if (!publication.held) return null;
  const [href, label] = ways[publication.held];
  return <p><a class="button primary" href={href}>{label}</a></p>;
}

/** What lets go of what is held. */
const ways: Record<HeldReason, readonly [href: string, label: string]> = {
  needs_reconnect: ['/channels', 'Reconnect the channel'],
  disconnected: ['/channels', 'Reconnect the channel'],
  paused: ['/channels', 'See the channel'],
  frozen: ['/settings/privacy', 'Unfreeze the workspace'],
  unpaid: ['/settings/billing', 'See the subscription'],
};

const outcomes: Record<NonNullable<Attempt['outcome']>, string> = {
  published: 'published', failed: 'failed', unconfirmed: 'unconfirmed', later: 'will be tried again', waiting: 'waits for the network', crashed: 'interrupted',
};

function Evidence({ journal, zone }: { journal: Journal; zone: string }) {
  const seconds = (at: number) => `${clockText(at, zone)}:${String(new Date(at).getUTCSeconds()).padStart(2, '0')}`;
  return (
    <details class="evidence">
      <summary>{journal.attempts.length === 1 ? '1 attempt' : `${journal.attempts.length} attempts`}</summary>
      <ol>
        {journal.attempts.map((attempt) => (
          <li>
            <p><strong>Attempt {attempt.number}</strong> at {seconds(attempt.startedAt)}: {attempt.outcome ? outcomes[attempt.outcome] : 'under way'}{attempt.failure ? `. ${attempt.failure.message}` : ''}</p>
            <ul>
              {journal.steps.filter(({ attemptId }) => attemptId === attempt.id).map(({ name, state, startedAt }) => (
                <li><code>{name}</code> at {seconds(startedAt)}: {state === 'done' ? 'done' : state === 'waiting' ? 'waiting' : 'begun, no answer'}</li>
              ))}
            </ul>
            {attempt.failure?.evidence && <pre>{JSON.stringify(attempt.failure.evidence, null, 2)}</pre>}
          </li>
        ))}
      </ol>
    </details>
  );
}
