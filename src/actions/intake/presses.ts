import { intakeRefusals as t } from '../../domain/texts/refusals/intake.ts';
import type { HeardPress, Saying } from '../../providers/contract.ts';
import type { IntakeLink } from '../../store/intake/intake.ts';
import { deleteMedia } from '../media/media.ts';
import { deletePost, emptyOut } from '../posts/bin.ts';
import { carriedBy, carrying, type Carried } from './carrying.ts';
import { channelsSaying } from './commands.ts';
import { actorFor, mayWrite, unlessRefused, type IntakeDeps, type IntakeProvider } from './deps.ts';
import { chosenBy, placeDraft } from './place.ts';
import { placedSaying } from './placed.ts';
import * as words from './words.ts';

/** What is told to who pressed, and what takes the place of the message. */
interface Done {
  brief: string;
  saying: Saying | null;
}

/** Does what a button carries, for who pressed it: whatever it names must be of their own workspace. */
export async function heedPress(deps: IntakeDeps, provider: IntakeProvider, link: IntakeLink, press: HeardPress): Promise<void> {
  const carried = carriedBy(press.carried);
  const { brief, saying } = !carried ? { brief: t.buttonOver, saying: null }
    : !mayWrite(link) ? { brief: t.mayNotWriteShort, saying: null }
    : await done(deps, link, carried);
  await unlessRefused(deps, provider, () => provider.intake.pressed(press, brief, saying, deps.io(provider.id, '')));
}

async function done(deps: IntakeDeps, link: IntakeLink, carried: Carried): Promise<Done> {
  const { store, config: { publicUrl } } = deps;
  switch (carried.act) {
    case 'next':
    case 'now': {
      const intent = carried.act === 'now' ? 'now' : 'schedule';
      const { brief, ...saying } = placedSaying(await placeDraft(deps, link, carried.id, carried.version, intent), carried.id, intent, { publicUrl, zone: link.zone });
      return { brief, saying };
    }
    case 'ask':
    case 'back': {
      const post = await store.posts.get(link.workspaceId, carried.id);
      if (!post || post.state !== 'draft' || post.version !== carried.version) return notAsItWas(post !== undefined, carried.id, publicUrl);
      const channels = await chosenBy(deps, link);
      if (carried.act === 'back') {
        return { brief: t.notPublished, saying: { text: words.draftText(t.draft, post, channels, [], publicUrl), buttons: words.draftButtons(publicUrl, post) ?? [] } };
      }
      if (channels.length === 0) return { brief: t.channelsFirstCommand, saying: null };
      return { brief: t.publishNowAsked, saying: {
        text: words.lines(t.publishNowAskedOf(words.quoted(post.content)), words.whereText(channels)),
        buttons: [[{ label: t.publishNowYes, carries: carrying({ ...carried, act: 'now' }) }, { label: t.back, carries: carrying({ ...carried, act: 'back' }) }]],
      } };
    }
    case 'drop':
      return discard(deps, link, carried.id, carried.version);
    case 'channel': {
      const channels = await store.channels.list(link.workspaceId);
      const chosen = channels.map(({ id }) => id).filter((id) => (id === carried.id ? carried.on : link.channelIds.includes(id)));
      await store.intakeLinks.setChannels(link.workspaceId, link.id, chosen);
      return { brief: t.savedShort, saying: channelsSaying(channels, { channelIds: chosen }, publicUrl) };
    }
  }
}

/** Throws a draft away as it was sent, with the files that came with it and that nothing else uses. */
async function discard(deps: IntakeDeps, link: IntakeLink, id: string, version: number): Promise<Done> {
  const { store, config: { publicUrl } } = deps;
  const post = await store.posts.get(link.workspaceId, id);
  if (!post || post.state !== 'draft' || post.version !== version) return notAsItWas(post !== undefined, id, publicUrl);
  const actor = actorFor(link);
  const deleted = await deletePost(deps, actor, id);
  if (!deleted.ok) return notAsItWas(true, id, publicUrl);
  await emptyOut(deps, actor, id);
  for (const { mediaId } of post.content.parts.flatMap(({ media }) => media)) await deleteMedia(deps, actor, mediaId);
  return { brief: t.discarded, saying: { text: `Discarded. ${words.quoted(post.content)}`.trim() } };
}

function notAsItWas(isThere: boolean, id: string, publicUrl: string): Done {
  return isThere
    ? { brief: t.changedShort, saying: { text: words.lines(t.changedOrScheduled, words.pageUrl(publicUrl, `/posts/${id}`)) } }
    : { brief: t.goneShort, saying: { text: t.gone } };
}
