import type { ProviderError } from '../../contract.ts';
import { isUndocumented, metaErrors, type MetaRule } from '../errors.ts';

const otherVideo = 'Export the video anew and schedule the post again.';
const checkLink = 'Check that the link opens for everybody, or turn its preview off.';

/** What Pages answer beside the common codes (page/feed, page/photos, page/videos, Reels and Stories guides, read 2026-09-11). */
const rules: readonly MetaRule[] = [
  { code: '382', kind: 'rejected', message: 'The video file is too small.', fix: otherVideo },
  { code: '389', kind: 'transient', message: 'Facebook could not fetch the video.' },
  { code: '506', kind: 'rejected', message: 'Facebook takes no post that is the same as the one before it.', fix: 'Change a word and publish it again.' },
  { code: '1705', kind: 'rejected', message: 'Facebook took this for a post by the person, not by the Page.', fix: 'Connect the Page again.', act: 'reconnect' },
  { code: '6000', kind: 'rejected', message: 'There is a problem with this video file.', fix: otherVideo },
  { code: '6001', kind: 'transient', message: 'Facebook had a problem with the upload.' },
  { code: '1609005', kind: 'rejected', message: 'Facebook could not open the link.', fix: checkLink },
  { code: '/1609005', kind: 'rejected', message: 'Facebook could not open the link.', fix: checkLink },
  { code: '/1363040', kind: 'rejected', message: 'A Reel must be between 16:9 and 9:16.', fix: 'Crop the video and schedule the post again.' },
  { code: '/1363127', kind: 'rejected', message: 'A Reel needs at least 540 by 960 pixels.', fix: otherVideo },
  { code: '/1363128', kind: 'rejected', message: 'A Reel lasts from 3 to 90 seconds.', fix: 'Cut the video and schedule the post again.' },
  { code: '/1363129', kind: 'rejected', message: 'A Reel has 24 to 60 frames a second.', fix: otherVideo },
  { code: '/1363047', kind: 'transient', message: 'Facebook is not available for a moment.' },
  { code: '/1609010', kind: 'transient', message: 'Facebook is not available for a moment.' },
  { code: '/1366046', kind: 'rejected', message: 'A picture must be JPEG or PNG and below 4 MB.', fix: 'Use a smaller picture and schedule the post again.' },
  { code: '/1366051', kind: 'rejected', message: 'These pictures are in a post already.', fix: 'Look at the Page. If they are not there, publish again: they are uploaded anew.', act: 'retry' },
  { code: '/1390008', kind: 'rate_limited', scope: 'channel', message: 'The Page posts faster than Facebook allows.' },
  { code: '/1346003', kind: 'rejected', message: 'Facebook holds this for abusive, since others reported it.', fix: 'Change what the post says or links to.' },
  { code: '/1404102', kind: 'rejected', message: 'Facebook says that this breaks its Community Standards.', fix: 'Change the post. The Page\'s support inbox says more.' },
  { code: '/1404006', kind: 'rejected', message: 'Facebook wants a security check.', fix: 'Log in at facebook.com, do what it asks, then publish again.', act: 'retry' },
  { code: '/1404078', kind: 'rejected', message: 'Facebook wants the Page\'s publishing authorized (Page Publishing Authorization).', fix: 'Do that at facebook.com, then publish again.', act: 'retry' },
  { code: '/1404112', kind: 'rejected', message: 'Facebook has limited this account for some days.', fix: 'Its support inbox says how long. Publish again then.', act: 'retry' },
  { code: '/1609008', kind: 'rejected', message: 'Facebook takes no preview of a link to itself.', fix: 'Turn the link preview off.' },
  { code: '/2061006', kind: 'rejected', message: 'Facebook does not take this link.', fix: checkLink },
  { code: '/2069019', kind: 'rejected', message: 'Facebook could not read a file.', fix: 'Use another file and schedule the post again.' },
  { code: '/1349125', kind: 'rejected', message: 'Facebook could not read a file.', fix: 'Use another file and schedule the post again.' },
];

export const errors = metaErrors(rules);

/** Said of posts that are out as well: the same again, pictures in use, a block for spam; and what nobody documents. */
const provesNothing = ['506', '/1366051', '4/2207051'];

export function mayBeOut(error: ProviderError): boolean {
  return provesNothing.includes(error.failure.code) || isUndocumented(error, errors);
}

/** A read that the connection may not do: it says nothing of the connection's right to publish. */
export function mayNotRead(error: ProviderError): boolean {
  return ['3', '10', '200-299', '210'].includes(error.failure.code);
}
