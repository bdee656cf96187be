import type { ErrorRule, ErrorTable } from '../http.ts';

const tooBig = {
  kind: 'rejected', message: 'This server takes no file as large as this one.',
  fix: 'Use a smaller one, or reconnect the channel so that the limit of its server is asked again.',
} as const;

const badPicture = {
  kind: 'rejected', message: 'The server does not take this kind of file.', fix: 'Save a picture as JPEG or PNG, a video as MP4, and schedule it again.',
} as const;

const session = { kind: 'auth', message: 'Bluesky no longer accepts this connection. Connect the account again.' } as const;

const down = { kind: 'transient', message: 'The Bluesky server has a problem of its own just now.' } as const;

const missing = { kind: 'auth', message: 'The account is no longer on this server. Connect it again, so that its new server is found.' } as const;

/** From the lexicons and the reference server (@atproto/pds 0.4.217, read 2026-11-24). First match wins. */
const rules: readonly ErrorRule[] = [
  // An expired token is a 400 here. The engine refreshes once; what is seen of these is that refreshing failed too.
  { code: 'ExpiredToken', ...session },
  { code: 'InvalidToken', ...session },
  { code: 'AuthMissing', ...session },
  { code: 'AuthenticationRequired', ...session },
  { code: 'AccountTakedown', kind: 'auth', message: 'Bluesky has taken this account down. Its owner can ask Bluesky why.' },
  { code: 'AccountSuspended', kind: 'auth', message: 'Bluesky has suspended this account. Its owner can ask Bluesky why.' },
  { code: 'AccountDeactivated', kind: 'auth', message: 'This account is deactivated. Activate it in the Bluesky app, then connect it again.' },
  { code: 'AccountNotFound', ...missing },
  { code: 'RepoNotFound', ...missing },
  { code: 'InvalidRequest', says: /^Could not find repo/u, ...missing },

  // Uploads that no post refers to are thrown away after some hours; `publish` uploads again once before this is seen.
  { code: 'BlobNotFound', kind: 'rejected', message: 'The server has thrown an uploaded file away.', fix: 'Publish the post again: it is uploaded anew.', act: 'retry' },
  { status: 413, ...tooBig },
  { code: 'PayloadTooLarge', ...tooBig },
  { code: 'InvalidSize', ...tooBig },
  { code: 'InvalidRequest', says: /(?:file is|blob) too (?:large|big)/u, ...tooBig },
  { code: 'InvalidMimeType', ...badPicture },
  { status: 415, ...badPicture },

  {
    code: 'InvalidRequest', says: /too big .* at \$\.record\.text$|Record\/text must not be longer/u, kind: 'rejected',
    message: 'The text is too long: Bluesky takes 300 characters and 3,000 bytes.', fix: 'Shorten the text.',
  },
  // Something else lies under our record key. Whether that is an earlier try of ours, looking will tell.
  { code: 'InvalidSwap', kind: 'transient', reached: true, message: 'Bluesky says that something is already stored in the place of this post.' },
  { code: 'RecordNotFound', kind: 'rejected', message: 'This post is not there.', fix: 'Publish it again.', act: 'retry' },
  { code: 'InvalidRequest', says: /^Unable to resolve handle/u, kind: 'rejected', message: 'Nobody has this handle.', fix: 'Check the handle.' },
  { code: 'HandleNotFound', kind: 'rejected', message: 'Nobody has this handle.', fix: 'Check the handle.' },
  { code: 'InvalidRequest', kind: 'rejected', fix: 'Change the post and schedule it again.' },

  { code: 'RateLimitExceeded', kind: 'rate_limited', scope: 'channel', message: 'Bluesky asks to wait: this account or this server has sent a lot.' },
  { status: 429, kind: 'rate_limited', scope: 'channel', message: 'Bluesky asks to wait: this account or this server has sent a lot.' },

  { code: 'MethodNotImplemented', kind: 'rejected', message: 'This server does not know how to do this.', fix: 'Ask whoever runs the server to update it.', act: 'retry' },
  { code: 'XRPCNotSupported', kind: 'rejected', message: 'This server does not know how to do this.', fix: 'Ask whoever runs the server to update it.', act: 'retry' },
  { code: 'InternalServerError', ...down },
  { code: 'UpstreamFailure', ...down },
  { code: 'UpstreamTimeout', ...down },
  { code: 'NotEnoughResources', ...down },
  { status: [500, 502, 503, 504], ...down },
];

export const errors: ErrorTable = { read, rules, retryAt };

/** `{"error":"Name","message":"…"}`. Of a lost upload some servers say only `InvalidRequest`. */
function read(json: unknown): { code?: string; message?: string } {
  if (typeof json !== 'object' || json === null) return {};
  const { error, message } = json as { error?: unknown; message?: unknown };
  const says = typeof message === 'string' ? { message } : {};
  if (typeof error !== 'string') return says;
  return { code: error === 'InvalidRequest' && says.message?.startsWith('Could not find blob') ? 'BlobNotFound' : error, ...says };
}

/** `RateLimit-Reset` is in Unix seconds. */
function retryAt(answer: { header(name: string): string | undefined }): number | undefined {
  const reset = Number(answer.header('ratelimit-reset'));
  return Number.isSafeInteger(reset) && reset > 1_000_000_000 ? reset * 1_000 : undefined;
}
