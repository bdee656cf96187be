import * as z from 'zod';
import { ProviderError } from '../contract.ts';
import type { ErrorRule, ErrorTable } from '../http.ts';

/** How LinkedIn says no: `{status, message, code?, serviceErrorCode?}`, newer with `errorDetails`. */
const refusal = z.object({
  status: z.number().int(),
  message: z.string(),
  code: z.string().optional(),
  serviceErrorCode: z.union([z.number(), z.string()]).optional(),
  errorDetails: z.object({ inputErrors: z.array(z.object({ code: z.string().optional() })).optional() }).optional(),
});

/** What has another shape is not from LinkedIn. */
const foreign = 'not_linkedin';
const duplicate = 'DUPLICATE_POST';

/** Numbers that come with or without their word (learn.microsoft.com, "Error Handling"). */
const words: Record<string, string> = { 65600: 'INVALID_ACCESS_TOKEN', 65601: 'REVOKED_ACCESS_TOKEN', 65602: 'EXPIRED_ACCESS_TOKEN', 100: 'ACCESS_DENIED' };

/** Every 4xx but those that mean the same whoever says them. */
const refusals = Array.from({ length: 100 }, (_, n) => 400 + n).filter((status) => ![401, 408, 426, 429].includes(status));

const defect = 'This is a defect of Post Master. Report it.';
const connectAgain = 'Connect it again.';

/** The facts are those of learn.microsoft.com (2026-05 to 2026-07) and of answers seen in public issues; first match wins. */
const rules: readonly ErrorRule[] = [
  // In LinkedIn's own words, which name the post that it takes this for: see `originalIn`.
  { code: duplicate, kind: 'rejected', fix: 'Change the text and schedule it again.' },
  {
    // A proxy or portal on the way. Whether LinkedIn got the call before is anybody's guess.
    code: foreign, status: refusals, kind: 'transient', message: 'Something on the way answered in place of LinkedIn.',
  },

  { status: 401, code: 'REVOKED_ACCESS_TOKEN', kind: 'auth', message: `Access was taken back at LinkedIn. ${connectAgain}` },
  { status: 401, code: 'EXPIRED_ACCESS_TOKEN', kind: 'auth', message: `This connection has reached its end: LinkedIn gives 60 days. ${connectAgain}` },
  { status: 401, code: 'INVALID_ACCESS_TOKEN', kind: 'auth', message: `LinkedIn does not accept this connection. ${connectAgain}` },
  { status: 401, kind: 'auth', message: `LinkedIn no longer accepts this connection. ${connectAgain}` },

  // Said before anything is created, so trying again is safe.
  { code: 'MEDIA_ASSET_WAITING_UPLOAD', kind: 'transient', reached: false, message: 'LinkedIn is still preparing the media.' },
  { status: 400, says: /not (?:yet )?(?:been )?processed|still (?:being )?process/iu, kind: 'transient', reached: false, message: 'LinkedIn is still preparing the media.' },
  { status: 403, says: /resource is forbidden/iu, kind: 'transient', reached: false, message: 'LinkedIn does not find the media that were just uploaded yet.' },
  { says: /unable to obtain activity/iu, kind: 'transient', reached: false, message: 'LinkedIn is not ready for comments on this post yet.' },

  { code: 'MEDIA_ASSET_PROCESSING_FAILED', kind: 'rejected', message: 'LinkedIn could not process the media.', fix: 'Export the file anew, upload that, and schedule the post again.' },
  { code: 'INVALID_URN_ID', kind: 'rejected', message: 'LinkedIn does not know something that this post names.', fix: 'Check the mentions and the post to reshare, then schedule it again.' },
  { code: 'FIELD_LENGTH_TOO_LONG', kind: 'rejected', message: 'A text is too long for LinkedIn.', fix: 'Shorten it and schedule the post again.' },
  { status: [400, 403], says: /\bowner\b/iu, kind: 'rejected', message: 'LinkedIn says that the media belong to another account.', fix: 'Schedule the post again: the media are uploaded anew.' },
  { code: 'ILLEGAL_ARGUMENT', kind: 'rejected', message: 'LinkedIn could not read what was sent.', fix: defect },

  {
    status: 403, says: /not enough permissions/iu, kind: 'auth',
    message: 'LinkedIn does not give this connection the permission for it. Connect it again; if that does not help, the app of this instance lacks a product at LinkedIn.',
  },
  {
    status: 403, kind: 'rejected', message: 'LinkedIn does not let this account post there. On a page its role may be gone.',
    fix: 'Ask an admin of the page for the role of content admin, then try again.',
  },
  { status: 400, says: /permissions must be used/iu, kind: 'auth', message: `This connection lacks the permission to post in the name of the page. ${connectAgain}` },
  { status: 404, kind: 'rejected', message: 'LinkedIn no longer has what this post refers to.', fix: 'Check it on LinkedIn, then schedule the post again.' },
  { status: 409, kind: 'transient', message: 'LinkedIn was busy with the same thing.' },
  { status: 422, says: /field is required|unrecognized field/iu, kind: 'rejected', message: 'LinkedIn misses or does not know a part of what was sent.', fix: defect },
  { status: 422, kind: 'rejected', message: 'LinkedIn does not take this post as it is.', fix: 'Change the post and schedule it again.' },
  {
    status: 426, kind: 'transient', reached: false,
    message: 'LinkedIn has retired the version of its API that this instance uses. Whoever runs Post Master sets LINKEDIN_API_VERSION to a newer one.',
  },
  { status: 429, says: /\bAPPLICATION(?: |_)DAY\b/u, kind: 'rate_limited', scope: 'app', message: 'The app of this instance has used up what LinkedIn gives it for today.' },
  { status: 429, kind: 'rate_limited', scope: 'channel', message: 'LinkedIn asks to wait: this account has sent a lot today.' },
  { status: [500, 502, 503, 504], kind: 'transient', message: 'LinkedIn has a problem of its own just now.' },
];

export const errors: ErrorTable = { read, rules, retryAt };

function read(json: unknown): { code?: string; message?: string } {
  const { data } = refusal.safeParse(json);
  if (!data) return { code: foreign };
  const { message, errorDetails, serviceErrorCode } = data;
  if (/is a duplicate of urn:li:/iu.test(message)) return { code: duplicate, message };
  const code = errorDetails?.inputErrors?.[0]?.code ?? data.code ?? words[String(serviceErrorCode)];
  return { message, ...(code !== undefined && { code }) };
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** LinkedIn says no time. Quotas are by day and begin anew at 00:00 UTC ("Rate Limiting"); other limits pass sooner. */
function retryAt(answer: { json: unknown; header(name: string): string | undefined }, now: number): number | undefined {
  if (answer.header('retry-after') !== undefined) return undefined;
  const midnight = (Math.floor(now / day) + 1) * day + minute;
  return /\bDAY\b/u.test(read(answer.json).message ?? '') ? midnight : Math.min(now + 15 * minute, midnight);
}

/** The post that LinkedIn takes a refused one for. */
export function originalIn(error: unknown): string | null {
  if (!(error instanceof ProviderError) || error.failure.code !== duplicate) return null;
  return /urn:li:(?:share|ugcPost):\d+/u.exec(error.failure.message)?.[0] ?? null;
}

/** Whether a refusal of a token may be said for its being new (omniauth-linkedin-oauth2 issue 17). */
export function tokenIsNew({ issuedAt }: { issuedAt: number }, now: number): boolean {
  return now - issuedAt < minute;
}

/** The addresses that LinkedIn gives for uploads speak for themselves by status alone. */
export const uploadErrors: ErrorTable = {
  read: () => ({}),
  rules: [{ status: [400, 413, 415, 422], kind: 'rejected', message: 'LinkedIn did not take the file.', fix: 'Use another file and schedule the post again.' }],
};

/** `{error, error_description}` of the authorization server. */
const oauthRefusal = z.object({ error: z.string(), error_description: z.string().optional() });

export const oauthErrors: ErrorTable = {
  read(json) {
    const { data } = oauthRefusal.safeParse(json);
    if (!data) return {};
    const message = data.error_description ?? data.error;
    if (/refresh token is (?:invalid|expired|revoked)/iu.test(message)) return { code: 'invalid_grant', message };
    return { code: data.error, message };
  },
  rules: [
    { code: 'invalid_client', kind: 'auth', message: 'LinkedIn does not accept the client ID and secret of this instance. Whoever runs Post Master must correct them.' },
    { says: /redirect.?uri is not|redirect_uri does not/iu, kind: 'rejected', message: 'The app at LinkedIn does not have the address of this instance.', fix: 'Whoever runs Post Master adds the callback address to the app.' },
    { code: 'invalid_redirect_uri', kind: 'rejected', message: 'The app at LinkedIn does not have the address of this instance.', fix: 'Whoever runs Post Master adds the callback address to the app.' },
    { says: /authorization code|code verifier/iu, kind: 'rejected', message: 'LinkedIn\'s answer was used already or is too old.', fix: 'Connect again.' },
    { code: 'invalid_grant', kind: 'auth', message: `LinkedIn does not renew this connection any more. ${connectAgain}` },
    { code: 'unauthorized_scope_error', kind: 'rejected', message: 'The app of this instance lacks a product at LinkedIn.', fix: 'Whoever runs Post Master adds the product to the app.' },
    { status: 429, kind: 'rate_limited', scope: 'app', message: 'LinkedIn asks to wait before connecting again.' },
    { status: [500, 502, 503, 504], kind: 'transient', message: 'LinkedIn has a problem of its own just now.' },
  ],
};
