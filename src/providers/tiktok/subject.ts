import { approveAt } from '../fake/oauth.ts';
import type { FakePlatform } from '../fake/server.ts';
import type { Subject } from '../subject.ts';
import { startFakeTikTok, type FakeTikTok } from './fake.ts';
import { usualState } from './fake/state.ts';
import { tiktok } from './index.ts';
import type { Grant } from './session.ts';

const { client } = usualState;

export const settings = { TIKTOK_CLIENT_ID: client.id, TIKTOK_CLIENT_SECRET: client.secret, TIKTOK_AUDITED: 'yes' };

/** A connection as connecting would have made it. */
export function accountOf(fake: FakePlatform) {
  const { oauth, state } = fake as FakeTikTok;
  const { access, refresh, expiresAt, refreshExpiresAt } = oauth.issue();
  const grant: Grant = { openId: state.user.openId, accessToken: access, refreshToken: refresh ?? '', accessEndsAt: expiresAt ?? 0, endsAt: refreshExpiresAt };
  return { grant, target: { remoteId: state.user.openId, name: state.user.name, handle: '', url: null, avatarUrl: state.user.avatarUrl } };
}

export const subject: Subject = {
  provider: tiktok,
  settings,
  start: startFakeTikTok,
  account: accountOf,
  cases: [
    {
      name: 'a public video', parts: [{ text: 'A cat 🐈 by the #harbour with @bob', videos: [{}] }], visible: 1,
      options: { format: 'video', privacy_level: 'PUBLIC_TO_EVERYONE', comment: true, cover_second: 1.5 },
    },
    {
      name: 'a video as a paid partnership', parts: [{ text: '', videos: [{}] }], visible: 1,
      options: { format: 'video', privacy_level: 'MUTUAL_FOLLOW_FRIENDS', disclose: true, brand_content_toggle: true, video_made_with_ai: true },
    },
    {
      name: 'photos', parts: [{ text: 'Three of them', images: ['', '', ''] }], visible: 1,
      options: { format: 'photo', privacy_level: 'SELF_ONLY', title: 'Boats', cover_number: 2, auto_add_music: true, comment: true },
    },
  ],
  connecting: { good: {}, pkce: false, approve: approveAt },
};
