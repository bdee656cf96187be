import { useContext } from 'preact/hooks';
import type { Publication } from '../../domain/publication.ts';
import { remedyOf, remedyRole, type Remedy } from '../../domain/posts/remedy.ts';
import { atLeast } from '../../domain/role.ts';
import { postTexts as t } from '../../domain/texts/writing/post.ts';
import type { Channel } from '../../store/channels.ts';
import { reconnectFields } from '../channels/ways.ts';
import { RoleHere } from '../frame/role.tsx';
import { ActionButton, Button, ButtonLink } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';
import type { Problem } from '../../domain/limits.ts';

/** Where a remedy is done: a page to open, or a form to send. */
export type Way = { href: string } | { action: string; fields?: Record<string, string> };

/** The remedy of a publication with its channel, as it stands; null where nobody has to do anything. */
export function remedyFor(publication: Publication, channel: Channel | undefined, contentDeleted: boolean): Remedy | null {
  return remedyOf(publication, { standing: channel === undefined || channel.removedAt !== null ? null : channel.connectionStatus, contentDeleted });
}

export function wayOf(remedy: Remedy, { id, postId, channelId }: Publication, channel: Channel | undefined): Way {
  const base = `/publications/${id}`;
  const here = `/posts/${postId}`;
  switch (remedy) {
    case 'reconnect': return channel ? { action: `/channels/connect/${channel.provider}`, fields: reconnectFields(channel, here) } : { href: '/channels' };
    case 'resume': return { action: `/channels/${channelId}/resume`, fields: { back: here } };
    case 'unfreeze': return { href: '/settings/privacy' };
    case 'pay': return { href: '/settings/billing' };
    case 'look': return { action: `${base}/confirm` };
    case 'edit': return { href: `/posts/new?from=${postId}&channel=${channelId}` };
    case 'retry': return { action: `${base}/retry` };
    case 'write': return { href: '/posts/new' };
  }
}

export interface RemedyProps {
  remedy: Remedy;
  publication: Publication;
  channel: Channel | undefined;
  csrf: string;
  problems: readonly Problem[];
}

/** The one thing to do, as the page's one button; who may not do it is told who can. */
export function PrimaryRemedy({ remedy, publication, channel, csrf, problems }: RemedyProps) {
  const may = atLeast(useContext(RoleHere), remedyRole[remedy]);
  if (!may) return <p class="remedy"><span>{t.ask[remedy]}</span> <ButtonLink kind="primary" href="/settings/members">{t.whoCan}</ButtonLink></p>;
  const way = wayOf(remedy, publication, channel);
  if (remedy === 'look' && 'action' in way) {
    return (
      <Form action={way.action} csrf={csrf} class="confirm">
        <TextField name="url" id={`url-${publication.id}`} label={t.itsAddress} type="url" placeholder={t.addressBegins} problems={problems} />
        <Button kind="primary">{t.act.look}</Button>
      </Form>
    );
  }
  return (
    <div class="remedy">
      {'href' in way
        ? <ButtonLink kind="primary" href={way.href}>{t.act[remedy]}</ButtonLink>
        : <ActionButton kind="primary" action={way.action} csrf={csrf} {...(way.fields && { fields: way.fields })}>{t.act[remedy]}</ActionButton>}
      <span class="help">{t.why[remedy]}</span>
    </div>
  );
}
