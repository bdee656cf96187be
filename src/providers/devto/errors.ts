import * as z from 'zod';
import type { ErrorRule, ErrorTable } from '../http.ts';

const told = z.object({ error: z.string() });

/** A gate on the way answers without Forem's words. */
const foreign = 'not_devto';

const newKey = 'Make a new API key in the settings of Dev.to and connect again.';

/** What Forem says beside a status is a sentence, not a code (controllers/api/v1). First match wins. */
const rules: readonly ErrorRule[] = [
  { code: foreign, status: [400, 403, 404, 405, 409, 422], kind: 'transient', message: 'Something on the way answered in place of Dev.to.' },
  { status: 401, kind: 'auth', message: `Dev.to does not accept the API key any more. ${newKey}` },
  { status: 403, kind: 'auth', message: 'Dev.to does not let this account publish. Look there whether it is suspended, then connect again.' },
  { status: 404, kind: 'rejected', message: 'Dev.to does not find what this post needs.', fix: 'Connect the account again and schedule the post anew.' },
  { status: 422, says: /has already been taken/iu, kind: 'unsettled', message: 'Dev.to has an article with these words or this canonical address already. Look there whether it is this one.' },
  { status: 422, says: /^title\b/iu, kind: 'rejected', message: 'Dev.to does not take this title.', fix: 'Change the title and schedule the post again.' },
  { status: 422, says: /\btags?\b/iu, kind: 'rejected', message: 'Dev.to does not take these tags.', fix: 'Change the tags and schedule the post again.' },
  { status: 422, says: /^canonical/iu, kind: 'rejected', message: 'Dev.to does not take this canonical address.', fix: 'Change the canonical address and schedule the post again.' },
  { status: 422, kind: 'rejected', message: 'Dev.to does not take this article as it is.', fix: 'Change the post and schedule it again.' },
  { status: 429, kind: 'rate_limited', scope: 'channel', message: 'Dev.to asks to wait before the next article.' },
  { status: [500, 502, 503, 504], kind: 'transient', message: 'Dev.to had an error of its own.' },
];

export const errors: ErrorTable = {
  read(json) {
    const { data } = told.safeParse(json);
    return data ? { message: data.error } : { code: foreign };
  },
  rules,
  /** The header counts; the words say the same where a gate took it away. */
  retryAt(answer, now) {
    if (answer.header('retry-after') !== undefined) return undefined;
    const seconds = /in (\d{1,5}) seconds/u.exec(told.safeParse(answer.json).data?.error ?? '')?.[1];
    return seconds === undefined ? undefined : now + Number(seconds) * 1000;
  },
};
