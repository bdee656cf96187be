import type { Ask, Asked } from '../../actions/posts/composing.ts';
import type { Appearance } from '../../domain/channels/appearance.ts';
import type { Problem } from '../../domain/limits.ts';
import { momentOf, shiftNote } from '../../domain/time/schedule.ts';
import { factsOf, type Media } from '../../store/media.ts';
import type { Channel } from '../../store/channels.ts';
import type { Registry } from '../../providers/index.ts';
import type { WebContext } from '../context.ts';
import { withoutLive } from './model/check.ts';
import { isChosen, type ChannelData, type ComposerState, type MediaItem } from './model/data.ts';
import type { Draft } from './model/draft.ts';

export interface StateAsked {
  workspaceId: string;
  userId: string;
  draft: Draft;
  told: readonly Problem[];
  refused: ComposerState['refused'];
  csrf: string;
  owner: string;
  autosave: string;
  typed: boolean;
  /** How long a page waits for networks that are asked (ms). */
  patienceMs: number;
}

/** The state that the composer is drawn from, for the first time: by the server. */
export async function stateOf({ store, providers }: WebContext, ask: Ask, { workspaceId, userId, draft, told, refused, csrf, owner, autosave, typed, patienceMs }: StateAsked): Promise<ComposerState> {
  const channels = await store.channels.list(workspaceId);
  const groups = new Map((await store.groups.list(workspaceId)).map(({ id, name }) => [id, name]));
  const data = channels.flatMap((channel) => {
    const group = groups.get(channel.groupId ?? '');
    const known = channelDataOf(channel, providers);
    return known ? [{ ...known, ...(group !== undefined && { group }) }] : [];
  });
  const media = await store.media.many(workspaceId, [...new Set(mediaIn(draft, data))]);
  const asking = channels.map(async (channel): Promise<[string, Asked] | null> => {
    const provider = providers.get(channel.provider);
    const isOn = data.some((one) => one.id === channel.id && one.asks && isChosen(draft, one));
    return provider && isOn ? [channel.id, await ask(workspaceId, channel, provider, patienceMs)] : null;
  });
  const asked = Object.fromEntries((await Promise.all(asking)).filter((answer) => answer !== null));
  const known = { draft, asked, data: { channels: data, csrf, owner, labels: await store.labels.list(workspaceId), sets: await store.hashtags.sets(workspaceId), last: draft.postId === null ? await store.posts.lastChannels(workspaceId, userId) : [], media: Object.fromEntries(media.map((file) => [file.id, itemOf(file)])) } };
  return { ...known, told: withoutLive(told, known), refused, autosave, typed, uploads: [], live: false, kept: null, held: false, typing: null, shift: shiftOf(draft), links: {} };
}

function shiftOf({ wall, zone }: Draft): ComposerState['shift'] {
  const moment = momentOf(wall, zone);
  return moment && { wall, note: shiftNote(moment) };
}

function channelDataOf(channel: Channel, providers: Registry): ChannelData | null {
  const provider = providers.get(channel.provider);
  if (!provider) return null;
  const { id, name, handle, limits, connectionStatus: standing } = channel;
  const { formats, links, text, images, videos, media, alt, thread } = provider.capabilities;
  return {
    id, name, handle, limits, standing, pictured: channel.avatarUrl !== null, provider: provider.id, network: provider.name, fields: provider.fields,
    mentions: provider.mentions !== undefined && (standing === 'active' || standing === 'expiring'),
    asks: provider.composing !== undefined && (standing === 'active' || standing === 'expiring'),
    capabilities: { text, images, videos, media, alt, thread, links, ...(formats && { formats }) }, ...(provider.appearance && { appearance: withoutColors(provider.appearance) }),
  };
}

/** The styles have them. */
function withoutColors(appearance: Appearance): Omit<Appearance, 'colors'> {
  const { colors: _, ...rest } = appearance;
  return rest;
}

export function itemOf(file: Media): MediaItem {
  return { facts: factsOf(file, file.alt), name: file.name };
}

/** Every medium that the draft names. */
function mediaIn({ parts, own, options }: Draft, channels: readonly ChannelData[]): string[] {
  return [
    ...parts.flatMap(({ media }) => media),
    ...Object.values(own).flatMap((version) => version.flatMap(({ media }) => media.map(({ mediaId }) => mediaId))),
    ...channels.flatMap(({ id, fields }) => fields.filter(({ kind }) => kind === 'image').flatMap(({ name }) => options[id]?.[name] || [])),
  ];
}
