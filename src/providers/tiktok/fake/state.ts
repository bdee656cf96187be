/** What the fake TikTok is and does; may be changed while it runs. */
export interface TikTokState {
  client: { id: string; secret: string };
  redirectUris: readonly string[];
  /** Who logs in. */
  user: { openId: string; name: string; avatarUrl: string };
  /** What the person leaves unticked. */
  denies: readonly string[];
  /** What the account may post, and how it is set up in the app. */
  creator: { username: string; nickname: string; private: boolean; commentOff: boolean; duetOff: boolean; stitchOff: boolean; maxSeconds: number };
  /** Why the account cannot post at all now: a code that creator info answers with status 200. */
  blocked: string | null;
  /** Whether the app has passed the audit of Direct Post. */
  audited: boolean;
  /** URL prefixes whose ownership the app has shown. */
  verified: readonly string[];
  /** Looks at the status that a post takes to be processed. */
  looks: number;
  /** Looks after that until a public post has an id that is told. */
  idLooks: number;
  /** Posts that were accepted end with this reason. */
  fails: string | null;
  /** An upload that is complete is unknown from then on, instead of answering 416. */
  forgetsUploads: boolean;
  /** Status of OAuth's refusals. */
  oauthStatus: number;
  /** Really fetches the photos, as TikTok does. */
  fetches: boolean;
  now(): number;
}

export const usualState: TikTokState = {
  client: { id: 'awexampleclientkey', secret: 'tiktok-secret-that-must-never-be-seen' },
  redirectUris: ['https://post.example/integrations/social/tiktok'],
  user: { openId: '723f24d7-e717-40f8-a2b6-cb8464cd23b4', name: 'Harbour News', avatarUrl: 'https://p19-sign.tiktokcdn.test/avatar.jpeg' },
  denies: [],
  creator: { username: 'harbour.news', nickname: 'Harbour News', private: false, commentOff: false, duetOff: false, stitchOff: false, maxSeconds: 300 },
  blocked: null,
  audited: true,
  verified: ['https://post.example/m/'],
  looks: 1,
  idLooks: 0,
  fails: null,
  forgetsUploads: false,
  oauthStatus: 400,
  fetches: false,
  now: Date.now,
};
