import { facebookLogin } from '../login.ts';
import { pageFields, pageRow } from '../pages.ts';
import { app, grantOf, type Grant } from './session.ts';

/** What publishing to a Page takes, and no more (page/feed, page/videos, Reels and Stories guides, read 2026-09-11). */
export const scopes = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];

/** Page tokens and these permissions do not lapse with the 90 days of data access, so nothing has an end to tell. */
export const connect = facebookLogin<Grant, typeof pageRow._output>({
  app: [app], scopes, authType: 'rerequest', pages: { fields: pageFields, row: pageRow },
  grantOf: ({ userId, pages }) => ({ grant: grantOf(userId, pages) }),
});
