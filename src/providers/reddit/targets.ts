import type { Io, Target } from '../contract.ts';
import { call, site } from './api.ts';
import { pictureOf } from './connect.ts';
import type { Grant } from './session.ts';
import { subreddits, type Subreddit } from './wire.ts';

const mostTargets = 300;
const perCall = 100;

/** The own profile, then what the account moderates, then what it is subscribed to: each is a place with rules of its own. */
export async function targets(grant: Grant, io: Io): Promise<Target[]> {
  const found = new Map<string, Target>([[profileOf(grant).remoteId.toLowerCase(), profileOf(grant)]]);
  for (const list of ['moderator', 'subscriber'] as const) {
    let after: string | undefined;
    do {
      const answer = await call(io, grant, { method: 'GET', path: `/subreddits/mine/${list}`, query: { limit: perCall, after } });
      const { data } = answer.read(subreddits);
      for (const { data: one } of data.children) {
        if (found.size < mostTargets && mayPost(one) && !found.has(one.display_name.toLowerCase())) found.set(one.display_name.toLowerCase(), targetOf(one));
      }
      after = data.children.length > 0 ? (data.after ?? undefined) : undefined;
    } while (after !== undefined && found.size < mostTargets);
  }
  return [...found.values()];
}

/** A profile is a subreddit by the name of `u_NAME`. */
function profileOf({ name, avatarUrl }: Grant): Target {
  return { remoteId: `u_${name}`, name: `u/${name}`, handle: 'profile', url: `${site}/user/${name}/`, avatarUrl };
}

function targetOf({ display_name: name, title, community_icon: community, icon_img: icon }: Subreddit): Target {
  return { remoteId: name, name: `r/${name}`, handle: title?.trim() || `r/${name}`, url: `${site}/r/${name}/`, avatarUrl: pictureOf(community) ?? pictureOf(icon) };
}

/** Profiles of others can be subscribed to as well; nobody else posts there. */
function mayPost({ subreddit_type: type, user_is_banned: banned }: Subreddit): boolean {
  return type !== 'user' && banned !== true;
}
