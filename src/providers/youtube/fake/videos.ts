import type { FakeAnswer, FakePlatform, FakeRequest } from '../../fake/server.ts';
import { badRequest, Refusal } from './refusal.ts';

/** What this channel is and may do, and what YouTube makes of its videos; may be changed while it runs. */
export interface ChannelState {
  now(): number;
  channel: { id: string; title: string; handle: string; country?: string; longUploads: 'allowed' | 'eligible' | 'disallowed' };
  /** False: whatever is uploaded is locked as private, without a word. */
  audited: boolean;
  /** Looks after which a video is processed; 0 is at once. */
  processingLooks: number;
  /** How processing ends instead. */
  processingEnds: { uploadStatus: 'failed'; failureReason: string } | { uploadStatus: 'rejected'; rejectionReason: string } | { uploadStatus: 'deleted' } | null;
}

export interface FakeVideo {
  id: string;
  snippet: { title: string; description: string; categoryId: string; tags?: string[] };
  status: { privacyStatus: 'public' | 'unlisted' | 'private'; publishAt?: string; license?: string; embeddable?: boolean; selfDeclaredMadeForKids: boolean; containsSyntheticMedia?: boolean };
  notified: boolean;
  bytes: number;
  /** Hex; of nothing where bytes are not kept. */
  sha256: string;
  /** Epoch ms. */
  at: number;
  looks: number;
  thumbnail: { type: string; bytes: number } | null;
}

export type NewVideo = Pick<FakeVideo, 'snippet' | 'status' | 'notified'>;

/** videoCategories.list for any region: 21 and 30 cannot be assigned. */
const categories = [['1', 'Film & Animation'], ['10', 'Music'], ['15', 'Pets & Animals'], ['17', 'Sports'], ['20', 'Gaming'], ['21', 'Videoblogging'], ['22', 'People & Blogs'], ['27', 'Education'], ['30', 'Movies']] as const;
const isAssignable = (id: string) => categories.some(([known]) => known === id) && !['21', '30'].includes(id);

export type FakeVideos = ReturnType<typeof fakeVideos>;

/** The videos of one channel, newest last. */
export function fakeVideos(state: ChannelState, ledger: FakePlatform['ledger']) {
  const videos: FakeVideo[] = [];
  const uploadsOf = (channelId: string) => channelId.replace(/^UC/u, 'UU');
  const date = (at: number) => new Date(at).toISOString();

  function resource(video: FakeVideo, parts: readonly string[], status: object = { uploadStatus: 'uploaded' }) {
    const { snippet, status: { publishAt, ...kept } } = video;
    const shown = {
      snippet: { publishedAt: date(video.at), channelId: state.channel.id, ...snippet, channelTitle: state.channel.title, liveBroadcastContent: 'none' },
      status: { ...kept, ...(publishAt !== undefined && { publishAt }), publicStatsViewable: true, madeForKids: kept.selfDeclaredMadeForKids, ...status },
    };
    return { kind: 'youtube#video', etag: 'etag', id: video.id, ...Object.fromEntries(Object.entries(shown).filter(([part]) => parts.includes(part))) };
  }

  /** What videos.insert refuses (developers.google.com/youtube/v3/docs/videos/insert), and what has to be said by law. */
  function check({ snippet, status }: NewVideo): void {
    if (snippet.title.trim() === '' || Array.from(snippet.title).length > 100 || /[<>]/u.test(snippet.title)) throw badRequest('invalidTitle', 'The request metadata specifies an invalid or empty video title.');
    if (Buffer.byteLength(snippet.description) > 5000 || /[<>]/u.test(snippet.description)) throw badRequest('invalidDescription', 'The request metadata specifies an invalid video description.');
    const quoted = (snippet.tags ?? []).map((tag) => (tag.includes(' ') ? `"${tag}"` : tag)).join(',');
    if (quoted.length > 500) throw badRequest('invalidTags', 'The request metadata specifies invalid video keywords.');
    if (!isAssignable(snippet.categoryId)) throw badRequest('invalidCategoryId', 'The snippet.categoryId property specifies an invalid category ID.');
    if (status.publishAt !== undefined && status.privacyStatus !== 'private') throw badRequest('invalidPublishAt', 'The request metadata specifies an invalid scheduled publishing time.');
    if (typeof status.selfDeclaredMadeForKids !== 'boolean' || !('privacyStatus' in status)) throw badRequest('invalidVideoMetadata', 'The request metadata is invalid.');
  }

  /** The upload is whole: from here on the video is there. */
  function create(made: NewVideo, { bytes, sha256 }: Pick<FakeVideo, 'bytes' | 'sha256'>): FakeVideo {
    const { publishAt, ...status } = made.status;
    const past = publishAt !== undefined && Date.parse(publishAt) <= state.now();
    const opened = !state.audited ? { ...status, privacyStatus: 'private' as const } : past ? { ...status, privacyStatus: 'public' as const } : made.status;
    const video: FakeVideo = {
      id: `vid-${String(videos.length + 1).padStart(7, '0')}`, snippet: made.snippet, status: opened, notified: made.notified, bytes, sha256, at: state.now(), looks: 0, thumbnail: null,
    };
    videos.push(video);
    ledger.push({ id: video.id, text: video.snippet.title, media: [{ alt: '', kind: 'video' }] });
    return video;
  }

  function listVideos(query: URLSearchParams) {
    if (!query.has('id') || query.has('chart') || query.has('myRating')) throw badRequest('missingRequiredParameter', 'No filter selected. Expected one of: myRating, id, chart');
    const found = videos.filter(({ id }) => query.get('id')?.split(',').includes(id));
    const items = found.map((video) => {
      video.looks += 1;
      const status = video.looks <= state.processingLooks ? { uploadStatus: 'uploaded' } : (state.processingEnds ?? { uploadStatus: 'processed' });
      return resource(video, partsOf(query), status);
    });
    return { kind: 'youtube#videoListResponse', etag: 'etag', items, pageInfo: { totalResults: items.length, resultsPerPage: items.length } };
  }

  function listChannels(query: URLSearchParams) {
    const filters = ['mine', 'id', 'forHandle', 'forUsername', 'managedByMe', 'mySubscribers', 'categoryId'].filter((name) => query.has(name));
    if (filters.join() !== 'mine') throw badRequest('missingRequiredParameter', 'exactly one filter, and here it is mine');
    const { id, title, handle, country, longUploads } = state.channel;
    const parts = {
      snippet: {
        title, description: '', customUrl: handle, publishedAt: '2020-01-02T03:04:05Z', thumbnails: { default: { url: 'https://yt3.ggpht.com/88.jpg', width: 88, height: 88 }, medium: { url: 'https://yt3.ggpht.com/240.jpg', width: 240, height: 240 } },
        ...(country !== undefined && { country }),
      },
      contentDetails: { relatedPlaylists: { likes: '', uploads: uploadsOf(id) } },
      status: { privacyStatus: 'public', isLinked: true, longUploadsStatus: longUploads, madeForKids: false },
    };
    const item = { kind: 'youtube#channel', etag: 'etag', id, ...Object.fromEntries(Object.entries(parts).filter(([part]) => partsOf(query).includes(part))) };
    return { kind: 'youtube#channelListResponse', etag: 'etag', pageInfo: { totalResults: 1, resultsPerPage: 5 }, items: [item] };
  }

  /** The channel's uploads, newest first, private ones too. */
  function listUploads(query: URLSearchParams) {
    const playlistId = query.get('playlistId') ?? '';
    if (playlistId !== uploadsOf(state.channel.id)) throw new Refusal(404, 'playlistNotFound', 'The playlist identified with the request\'s playlistId parameter cannot be found.', 'youtube.playlistItem');
    const from = Number(query.get('pageToken')?.replace(/^page-/u, '') ?? 0);
    const most = Number(query.get('maxResults') ?? 5);
    const newest = videos.toReversed();
    const items = newest.slice(from, from + most).map((video, n) => {
      const parts = {
        snippet: {
          publishedAt: date(video.at), channelId: state.channel.id, title: video.snippet.title, description: video.snippet.description, channelTitle: state.channel.title,
          playlistId, position: from + n, resourceId: { kind: 'youtube#video', videoId: video.id }, videoOwnerChannelId: state.channel.id, videoOwnerChannelTitle: state.channel.title,
        },
        contentDetails: { videoId: video.id, videoPublishedAt: date(video.at) },
        status: { privacyStatus: video.status.privacyStatus },
      };
      return { kind: 'youtube#playlistItem', etag: 'etag', id: `item-${video.id}`, ...Object.fromEntries(Object.entries(parts).filter(([part]) => partsOf(query).includes(part))) };
    });
    return {
      kind: 'youtube#playlistItemListResponse', etag: 'etag', items, pageInfo: { totalResults: videos.length, resultsPerPage: most },
      ...(from + most < videos.length && { nextPageToken: `page-${from + most}` }),
    };
  }

  function listCategories(query: URLSearchParams) {
    if (query.has('id') === query.has('regionCode')) throw badRequest('missingRequiredParameter', 'exactly one of id, regionCode');
    if (query.has('regionCode') && !/^[A-Z]{2}$/u.test(query.get('regionCode') ?? '')) throw badRequest('invalidRegionCode', 'not a region');
    return {
      kind: 'youtube#videoCategoryListResponse', etag: 'etag',
      items: categories.map(([id, title]) => ({ kind: 'youtube#videoCategory', etag: 'etag', id, snippet: { title, assignable: isAssignable(id), channelId: 'UCBR8-60-B28hp2BmDPdntcQ' } })),
    };
  }

  function setThumbnail(request: FakeRequest): FakeAnswer {
    const video = videos.find(({ id }) => id === request.query.get('videoId'));
    if (!video) throw new Refusal(404, 'videoNotFound', 'The video that you are trying to insert a thumbnail image for cannot be found.', 'youtube.thumbnail');
    if (state.channel.longUploads !== 'allowed') throw new Refusal(403, 'forbidden', 'The authenticated user doesnt have permissions to upload and set custom video thumbnails.', 'youtube.thumbnail');
    const type = request.headers['content-type'] ?? '';
    if (!['image/jpeg', 'image/png'].includes(type)) throw badRequest('invalidImage', 'The provided image content is invalid.');
    if (request.bytes === 0) throw badRequest('mediaBodyRequired', 'The request does not include the image content.');
    video.thumbnail = { type, bytes: request.bytes };
    return { status: 200, body: { kind: 'youtube#thumbnailSetResponse', etag: 'etag', items: [{ default: { url: `https://i.ytimg.com/vi/${video.id}/default.jpg`, width: 120, height: 90 } }] } };
  }

  return { videos, check, create, resource, listVideos, listChannels, listUploads, listCategories, setThumbnail };
}

export function partsOf(query: URLSearchParams): string[] {
  return query.getAll('part').flatMap((part) => part.split(','));
}
