import type { ProviderError } from '../../contract.ts';
import { isUndocumented, metaErrors, type MetaRule } from '../errors.ts';

const otherVideo = 'Export it anew as MP4 with H.264 and AAC, and schedule the post again.';
const lackingRight = 'A permission that publishing needs is missing, or 90 days have passed since the last login. Connect the account again and leave everything ticked. If that does not help, let somebody connect who has full control of the Page itself.';
const notFetched = { kind: 'transient', message: 'Instagram could not fetch a file from this instance. Whoever runs it checks that its address can be reached from outside.' } as const;
const lapsed = { kind: 'transient', reached: false, message: 'What was prepared for this post is no longer there at Instagram.' } as const;
const notReady = { kind: 'transient', reached: false, message: 'Instagram is still preparing this post.' } as const;
const tooLarge = { kind: 'rejected', message: 'A picture has more than 8 MB.', fix: 'Use a smaller picture and schedule the post again.' } as const;
const notAPicture = { kind: 'rejected', message: 'Instagram could not read a picture.', fix: 'Use another picture and schedule the post again.' } as const;
const wrongShape = { kind: 'rejected', message: 'A picture must be between 4:5 and 1.91:1.', fix: 'Crop it and schedule the post again.' } as const;
const tooLong = { kind: 'rejected', message: 'The caption is longer than 2,200 characters.', fix: 'Make it shorter and schedule the post again.' } as const;
const notAVideo = { kind: 'rejected', message: 'Instagram does not take this video.', fix: otherVideo } as const;
const usedUp = { kind: 'rate_limited', scope: 'channel', message: 'The account has published as much in 24 hours as Instagram lets other programs do.' } as const;
const restricted = { kind: 'rejected', message: 'Instagram has restricted this account, or wants something confirmed.', fix: 'Open the Instagram app, do what it asks, then publish again.', act: 'retry' } as const;
const productTag = 'Remove the product tags and schedule the post again.';
const noPlace = { kind: 'rejected', message: 'Instagram does not know this place.', fix: 'Take the id of a Page that has an address, or leave the place out.' } as const;
const notProfessional = { kind: 'rejected', message: 'The account is not a professional one any more.', fix: 'Make it professional in the Instagram app and link it to its Page. Then connect it again.', act: 'reconnect' } as const;
const serverError = { kind: 'transient', message: 'Instagram has a problem of its own just now.' } as const;
const tryAgain = { kind: 'transient', message: 'Instagram could not take the file just now.' } as const;

const invalidPlace = /INVALID_LOCATION_ID/u;
const noBusiness = /not an Instagram Business/iu;

/** What Instagram answers beside the common codes ("Error Codes", updated 2026-06-02). Subcodes decide. */
const rules: readonly MetaRule[] = [
  { code: '10', says: noBusiness, ...notProfessional },
  { code: '100', says: noBusiness, ...notProfessional },
  { code: '100', says: invalidPlace, ...noPlace },
  { code: '-1', says: invalidPlace, ...noPlace },
  { code: '10', kind: 'auth', message: lackingRight },
  { code: '200-299', kind: 'auth', message: lackingRight },
  { code: '100/33', kind: 'rejected', message: 'Instagram does not show this account to the connection.', fix: 'Look whether it is still linked to its Page. Then connect it again and leave everything ticked.', act: 'reconnect' },
  { code: '/2207003', kind: 'transient', message: 'Instagram took too long to fetch a file from this instance.' },
  { code: '/2207020', ...lapsed },
  { code: '-2', ...tryAgain },
  { code: '/2207001', ...serverError },
  { code: '/2207032', ...tryAgain },
  { code: '/2207053', ...tryAgain },
  { code: '-1', ...serverError },
  { code: '/2207057', kind: 'rejected', message: 'The frame for the cover is outside the video.', fix: 'Choose an earlier one and schedule the post again.' },
  { code: '/2207042', ...usedUp },
  { code: '9', ...usedUp },
  { code: '/2207006', ...lapsed },
  { code: '/2207008', ...lapsed },
  { code: '24', ...lapsed },
  { code: '/2207050', ...restricted },
  { code: '25', ...restricted },
  { code: '/2207023', kind: 'rejected', message: 'Instagram does not know this kind of post.', fix: 'Whoever runs the instance updates Post Master.', act: 'retry' },
  { code: '/2207028', kind: 'rejected', message: 'A carousel has 2 to 10 pictures and videos.', fix: 'Add or remove some and schedule the post again.' },
  { code: '/2207035', kind: 'rejected', message: 'A product tag on a video has no place.', fix: productTag },
  { code: '/2207036', kind: 'rejected', message: 'A product tag on a picture needs a place.', fix: productTag },
  { code: '/2207037', kind: 'rejected', message: 'Instagram does not take one of the product tags.', fix: productTag },
  { code: '/2207040', kind: 'rejected', message: 'A caption may mention 20 accounts.', fix: 'Remove some and schedule the post again.' },
  { code: '/2207026', ...notAVideo },
  { code: '352', ...notAVideo },
  { code: '/2207052', ...notFetched },
  { code: '9004', ...notFetched },
  { code: '/2207027', ...notReady },
  { code: '9007', ...notReady },
  { code: '/2207004', ...tooLarge },
  { code: '36000', ...tooLarge },
  { code: '/2207005', ...notAPicture },
  { code: '36001', ...notAPicture },
  { code: '/2207009', ...wrongShape },
  { code: '36003', ...wrongShape },
  { code: '/2207010', ...tooLong },
  { code: '36004', ...tooLong },
  { code: '/2207077', kind: 'transient', message: 'Instagram could not fetch the video.' },
  { code: '/2207081', kind: 'rejected', message: 'The account may not post trial Reels.', fix: 'Turn the trial off and publish again.' },
  { code: '/2207082', ...tryAgain },
];

export const errors = metaErrors(rules);

/** The container is not there any more. */
const gone = ['/2207006', '/2207008', '/2207020', '24'];

export function isGone({ failure }: ProviderError): boolean {
  return gone.includes(failure.code);
}

/** Said of posts that are out as well: a block for spam, a container that was used up; and what nobody documents. */
export function mayBeOut(error: ProviderError): boolean {
  return error.failure.code === '4/2207051' || isGone(error) || isUndocumented(error, errors);
}

/** A read that the connection may not do, of what is not shown, or refused as nobody documents: it says nothing of the right to publish. */
export function mayNotRead(error: ProviderError): boolean {
  return ['3', '10', '100/33', '200-299', '210'].includes(error.failure.code) || isUndocumented(error, errors);
}

export type Told = { kind: 'rejected'; code: string; message: string; fix: string } | { kind: 'transient'; code: string; message: string };

/**
 * What a container's `status` means, such as "Error: Media upload has failed with error code 2207026". What is not in the
 * table will not pass by itself.
 */
export function toldBy(status: string): Told {
  const [subcode] = /\b22\d{5}\b/u.exec(status) ?? [];
  const rule = subcode === undefined ? undefined : errors.rules.find(({ code }) => code.endsWith(`/${subcode}`));
  const code = subcode === undefined ? 'processing_failed' : `/${subcode}`;
  if (rule && rule.kind !== 'rejected') return { kind: 'transient', code, message: rule.message ?? status };
  const words = status.replace(/^Error:\s*/iu, '').trim().slice(0, 300);
  const message = rule?.message ?? (words === '' ? 'Instagram could not prepare this post.' : `Instagram could not prepare this post: ${words}`);
  return { kind: 'rejected', code, message, fix: rule?.fix ?? 'Export the file anew and schedule the post again.' };
}
