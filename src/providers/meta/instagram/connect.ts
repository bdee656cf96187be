import { facebookLogin } from '../login.ts';
import { pageFields, pageRow } from '../pages.ts';
import { app, grantOf, type Grant, type LinkedPage } from './session.ts';
import { linkedAccount } from './wire.ts';

/** What publishing through Facebook Login takes, and no more (content-publishing, "Permissions", read 2026-09-11). */
export const scopes = ['pages_show_list', 'pages_read_engagement', 'instagram_basic', 'instagram_content_publish'];

/**
 * Page tokens do not end, but the last two of these permissions lapse 90 days after the person was last seen ("Authorization
 * versus Data Access", read 2026-09-11): told as the end of the grant, so that the person is warned and logs in again.
 */
export const connect = facebookLogin<Grant, LinkedPage>({
  app, scopes, authType: 'reauthorize', dataAccess: true,
  pages: { fields: `${pageFields},instagram_business_account{id,username,name,profile_picture_url}`, row: pageRow.extend(linkedAccount.shape) },
  grantOf: ({ userId, pages, dataAccessEndsAt }) => ({ grant: grantOf(userId, pages), ...(dataAccessEndsAt !== undefined && { expiresAt: dataAccessEndsAt }) }),
});
