import * as z from 'zod';
import type { Choice } from '../../domain/field.ts';
import type { Composing, Io } from '../contract.ts';
import { call } from './api.ts';
import type { Grant } from './session.ts';
import { about, flairs, requirements, rules, type Requirements, type Subreddit } from './wire.ts';

/** What a subreddit says of itself, as `check` wants it. */
export const told = z.object({
  place: z.string(),
  /** Why a kind of post is not taken there. */
  refused: z.partialRecord(z.enum(['text', 'link', 'image', 'gallery', 'video']), z.string()),
  requirements,
});
export type Told = z.infer<typeof told>;

const gone = [403, 404];

/** What a subreddit wants of a post just now. Most have few rules; a profile has none. */
export async function composing(grant: Grant, { remoteId }: { remoteId: string }, io: Io): Promise<Composing> {
  const place = remoteId.startsWith('u_') ? `u/${remoteId.slice(2)}` : `r/${remoteId}`;
  const isOwn = remoteId.toLowerCase() === `u_${grant.name}`.toLowerCase();
  const account = { name: `u/${grant.name}`, avatarUrl: grant.avatarUrl };
  if (isOwn) return { account, choices: { flair: [none] } };

  const sr = encodeURIComponent(remoteId);
  const of = await call(io, grant, { method: 'GET', path: `/r/${sr}/about`, accept: gone });
  if (of.status >= 400) return { account, blocked: `${place} cannot be seen by this account: it is private, banned or gone.` };
  const subreddit = of.read(about).data;
  const blocked = whyBlocked(subreddit, place);
  if (blocked !== null) return { account, blocked };

  const [wants, offered, written] = await Promise.all([
    call(io, grant, { method: 'GET', path: `/api/v1/${sr}/post_requirements`, accept: gone }),
    call(io, grant, { method: 'POST', path: `/r/${sr}/api/flairselector`, body: { form: { is_newlink: 'true' } }, accept: gone }),
    call(io, grant, { method: 'GET', path: `/r/${sr}/about/rules`, accept: gone }),
  ]);
  const wanted: Requirements = wants.status >= 400 ? {} : wants.read(requirements);
  const choices = offered.status >= 400 ? [] : offered.read(flairs).choices.map(({ flair_template_id: value, flair_text: text, flair_text_editable: editable }): Choice => (
    { value, label: `${text?.trim() || 'Without words'}${editable ? ' (may be worded)' : ''}` }));
  const names = written.status >= 400 ? [] : written.read(rules).rules.filter(({ kind }) => kind !== 'comment').flatMap(({ short_name: name }) => name?.trim() || []);
  const known: Told = { place, refused: refusedBy(subreddit, place), requirements: wanted };
  return {
    account, told: known,
    choices: { flair: [none, ...choices] },
    disabled: {
      ...(subreddit.spoilers_enabled === false && { spoiler: `${place} has no spoilers.` }),
      ...(choices.length === 0 && { flair: `${place} offers this account no flair.`, flairText: `${place} offers this account no flair.` }),
    },
    notices: noticesOf(subreddit, wanted, names, place),
    // Nothing is to be written then. Other lengths are checked by kind of post: a link has no text whatever they say.
    ...(wanted.body_restriction_policy === 'notAllowed' && { limits: { text: { max: 0, required: false } } }),
  };
}

const none: Choice = { value: '', label: 'None' };

function whyBlocked({ user_is_banned: banned, subreddit_type: type, restrict_posting: restricts, user_is_contributor: approved, user_is_moderator: moderates }: Subreddit, place: string): string | null {
  if (banned) return `The account is banned from ${place}.`;
  if (type === 'archived') return `${place} is archived: nobody can post there.`;
  const closed = type === 'private' || (type === 'restricted' && restricts !== false);
  return closed && !approved && !moderates ? `Only people whom its moderators have approved may post in ${place}.` : null;
}

function refusedBy(of: Subreddit, place: string): Told['refused'] {
  const no = (what: string) => `${place} takes no ${what}.`;
  const [selfs, links] = [of.submission_type !== 'link', of.submission_type !== 'self'];
  return {
    ...(!selfs && { text: no('text posts') }),
    ...(!links && { link: no('links') }),
    ...((!links || of.allow_images === false) && { image: no('pictures') }),
    ...((!links || of.allow_images === false || of.allow_galleries === false) && { gallery: no('galleries') }),
    ...((!links || of.allow_videos === false) && { video: no('videos') }),
  };
}

/** Patterns are shown and not tried: they are strangers' programs, and some would keep a server busy for ever. */
function noticesOf({ over18 }: Subreddit, wanted: Requirements, names: readonly string[], place: string): string[] {
  const guidelines = wanted.guidelines_text?.trim();
  const patterns = (what: string, regexes: readonly string[] | null | undefined) =>
    (regexes?.length ? [`${what} in ${place} must fit one of these patterns: ${regexes.join('   ').slice(0, 300)}`] : []);
  return [
    ...(guidelines ? [`${place} asks: ${guidelines.slice(0, 600)}`] : []),
    ...(names.length > 0 ? [`Rules of ${place}: ${names.map((name, n) => `${n + 1}. ${name}`).join(' ')}`] : []),
    ...patterns('Titles', wanted.title_regexes),
    ...patterns('Texts', wanted.body_regexes),
    ...(wanted.link_repost_age ? [`${place} takes a link again only after ${wanted.link_repost_age} days.`] : []),
    ...(over18 ? [`${place} is for adults: what is posted there counts as not safe for work.`] : []),
  ];
}
