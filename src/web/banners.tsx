import type { ComponentChildren } from 'preact';
import { dateText } from '../domain/instance/policy.ts';
import { bannerTexts as t } from '../domain/texts/pages/banners.ts';
import type { User } from '../store/people.ts';
import type { WebContext } from './context.ts';
import { ActionButton } from './ui/button.tsx';
import { rich } from './words/rich.tsx';

/** What a person must know on every page: an address that is not confirmed, a change of the policy that is to come. */
export async function bannersOf({ store, settings, now }: Pick<WebContext, 'store' | 'settings' | 'now'>, user: User | undefined, { csrf, here }: { csrf: string; here: string }): Promise<ComponentChildren> {
  // Where no mail can go, nobody can confirm anything.
  const unconfirmed = user?.emailVerifiedAt === null && settings.get('SMTP_URL') !== undefined;
  const upcoming = await store.policy.upcoming(now());
  return (
    <>
      {upcoming && (
        <div class="banner calm" role="status">
          {rich(t.policyChanges(dateText(upcoming.effectiveAt)), { read: (words) => <a href={`/policy/${upcoming.id}`}>{words}</a> })}
        </div>
      )}
      {unconfirmed && (
        <div class="banner" role="status">
          <span>{t.confirmAddress(user.email)}</span> <ActionButton action="/verify/again" csrf={csrf} fields={{ back: here }} small>{t.sendAgain}</ActionButton>
        </div>
      )}
    </>
  );
}
