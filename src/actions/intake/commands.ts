import { intakeRefusals as t } from '../../domain/texts/refusals/intake.ts';
import type { HeardMessage, Saying } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';
import type { IntakeLink } from '../../store/intake/intake.ts';
import type { Post } from '../../store/posts.ts';
import { carrying } from './carrying.ts';
import { mayWrite, tell, type IntakeDeps, type IntakeProvider } from './deps.ts';
import { unlink } from './link-person.ts';
import { placeDraft } from './place.ts';
import { placedSaying } from './placed.ts';
import * as words from './words.ts';

/** How many posts a list names. */
const listed = 5;
/** How many buttons a platform shows under a message. */
const mostChannels = 40;
const year = 366 * 24 * 60 * 60 * 1000;

/** Does what a linked person commands, and answers. Doing it again does nothing more. */
export async function obey(deps: IntakeDeps, provider: IntakeProvider, link: IntakeLink, said: HeardMessage, name: string): Promise<void> {
  if (name === 'stop') {
    await unlink(deps, link, provider);
    return tell(deps, provider, link.remoteId, { text: words.stoppedText });
  }
  const saying = mayWrite(link) ? await answerTo(deps, provider, link, name) : { text: words.mayNotText };
  return tell(deps, provider, link.remoteId, { ...saying, replyTo: said.messageId });
}

async function answerTo(deps: IntakeDeps, provider: IntakeProvider, link: IntakeLink, name: string): Promise<Saying> {
  const { store, now, config: { publicUrl } } = deps;
  const { workspaceId, zone } = link;
  switch (name) {
    case 'start':
    case 'help':
      return { text: words.helpText(link, provider.intake.takes) };
    case 'next':
      return sendLatest(deps, link);
    case 'drafts': {
      const drafts = await store.posts.latest(workspaceId, 'draft', null, listed);
      return { text: listText(t.drafts, t.noDrafts, drafts, ({ id }) => words.pageUrl(publicUrl, `/posts/${id}/edit`)) };
    }
    case 'queue': {
      const next = (await store.posts.between(workspaceId, now(), now() + 5 * year, 100)).filter(({ state }) => state === 'scheduled').slice(0, listed);
      return { text: listText(t.upcoming, t.nothingScheduled, next, ({ id, at }) => `${at === null ? '' : `${words.whenText(at, zone)} `}${words.pageUrl(publicUrl, `/posts/${id}`)}`) };
    }
    case 'channels':
      return channelsSaying(await store.channels.list(workspaceId), link, publicUrl);
    default:
      return { text: words.unknownCommandText };
  }
}

/** The draft that came in last goes to the next free slot. */
async function sendLatest(deps: IntakeDeps, link: IntakeLink): Promise<Saying> {
  const latest = await deps.store.intake.latest(link.workspaceId, link.id);
  if (!latest) return { text: t.nothingToSend };
  if (latest.version === null) return { text: t.stillComingIn };
  const placed = await placeDraft(deps, link, latest.id, latest.version, 'schedule');
  return placedSaying(placed, latest.id, 'schedule', { publicUrl: deps.config.publicUrl, zone: link.zone });
}

function listText(head: string, none: string, posts: readonly Post[], tail: (post: Post) => string): string {
  if (posts.length === 0) return none;
  return words.lines(head, ...posts.map((post) => `· ${words.quoted(post.content) || t.wordless} ${tail(post)}`));
}

/** Every channel as a button that switches it. A button says what shall be, so that pressing it twice is pressing it once. */
export function channelsSaying(channels: readonly Channel[], { channelIds }: Pick<IntakeLink, 'channelIds'>, publicUrl: string): Saying {
  if (channels.length === 0) return { text: t.noChannels(words.pageUrl(publicUrl, '/channels')) };
  const rest = channels.length > mostChannels ? t.otherChannels(words.pageUrl(publicUrl, '/settings/intake')) : '';
  return {
    text: words.lines(t.channelsToSwitch, rest),
    buttons: channels.slice(0, mostChannels).map(({ id, name }) => {
      const on = channelIds.includes(id);
      return [{ label: `${on ? '✓' : '–'} ${name}`.slice(0, 60), carries: carrying({ act: 'channel', id, on: !on }) }];
    }),
  };
}
