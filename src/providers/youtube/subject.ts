import { approveAt } from '../fake/oauth.ts';
import type { FakePlatform } from '../fake/server.ts';
import type { Subject } from '../subject.ts';
import { client, startFakeYouTube, type FakeYouTube } from './fake.ts';
import { youtube } from './index.ts';
import type { Grant } from './session.ts';

export const settings = { GOOGLE_CLIENT_ID: client.id, GOOGLE_CLIENT_SECRET: client.secret, YOUTUBE_PROJECT_AUDITED: 'yes' };

/** A connection as connecting would have made it. */
export function accountOf(fake: FakePlatform) {
  const { oauth, state } = fake as FakeYouTube;
  const { access, refresh } = oauth.issue();
  const { id, title } = state.channel;
  const grant: Grant = { accessToken: access, refreshToken: refresh ?? '', expiresAt: Date.UTC(2100, 0), endsAt: null, userId: state.user.id, channelId: id };
  return { grant, target: { remoteId: id, name: title, handle: 'YouTube channel', url: `https://www.youtube.com/channel/${id}`, avatarUrl: null } };
}

const wide = { width: 1920, height: 1080, durationMs: 600_000 };

export const subject: Subject = {
  provider: youtube,
  settings,
  start: () => startFakeYouTube(),
  account: accountOf,
  cases: [
    { name: 'Short', parts: [{ text: '', videos: [{}] }], options: { title: 'A wave', madeForKids: 'no' }, visible: 1 },
    {
      name: 'video with a thumbnail that opens later', parts: [{ text: 'Morning at the harbour, see https://example.com/a?b=1&c=2', videos: [wide] }],
      options: { title: 'Morning', thumbnail: 'picture', privacy: 'private', publishAt: '2026-12-01T10:00:00Z', madeForKids: 'yes', tags: 'harbour, morning light', category: '10', license: 'creativeCommon', synthetic: true, noEmbedding: true, quiet: true },
      visible: 1,
    },
  ],
  connecting: { good: {}, approve: (fake, url) => approveAt(fake, url) },
};
