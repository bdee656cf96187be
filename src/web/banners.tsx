import type { ComponentChildren } from 'preact';
import { dateText } from '../domain/policy.ts';
import type { WebContext } from './context.ts';
import { ActionButton } from './ui/button.tsx';

/** What a person must know on every page: an address that is not confirmed, a change of the policy that is to come. */
export async function bannersOf({ store, settings, now }: Pick<WebContext, 'store' | 'settings' | 'now'>, userId: string, csrf: string): Promise<ComponentChildren> {
  const user = await store.people.user(userId);
  // Where no mail can go, nobody can confirm anything.
  const unconfirmed = user?.emailVerifiedAt === null && settings.get('SMTP_URL') !== undefined;
  const upcoming = await store.policy.upcoming(now());
  return (
    <>
      {upcoming && (
        <div class="banner calm" role="status">
          Our policy changes on {dateText(upcoming.effectiveAt)}. <a href={`/policy/${upcoming.id}`}>Read what changes</a>
        </div>
      )}
      {unconfirmed && (
        <div class="banner" role="status">
          Confirm your e-mail address: the link is in a mail to {user.email}. Until then no mails about your posts reach you.{' '}
          <ActionButton action="/verify/again" csrf={csrf}>Send it again</ActionButton>
        </div>
      )}
    </>
  );
}
