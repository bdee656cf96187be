import { ProviderError, type Found, type Io, type Job, type Steps } from '../contract.ts';
import { call, pathOf } from './api.ts';
import type { Options } from './options.ts';
import type { Grant } from './session.ts';
import { comments, created } from './wire.ts';

/** A page's comment on its own post (learn.microsoft.com, "Comments API"). Plain text: little text is for posts alone. */
export async function addComment({ grant, target }: Job<Grant, Options>, post: string, text: string, step: Steps, io: Io): Promise<void> {
  const actor = target.remoteId;
  const path = `socialActions/${pathOf(post)}/comments`;

  const create = async (): Promise<string> => {
    try {
      const answer = await call(io, grant, { method: 'POST', path, json: { actor, object: post, message: { text } } });
      const id = answer.header('x-restli-id') ?? created.safeParse(answer.json).data?.$URN;
      if (id !== undefined) return id;
    } catch (error) {
      throw afterPost(error);
    }
    throw new ProviderError({ kind: 'transient', reached: true, code: 'unreadable_answer', message: 'LinkedIn did not say what it made of the first comment.' });
  };

  const find = async (): Promise<Found<string>> => {
    const answer = await call(io, grant, { method: 'GET', path, query: { start: 0, count: 100 }, accept: [403] });
    if (answer.status === 403) return 'unknown';
    const { elements, paging } = answer.read(comments);
    const mine = elements.find((one) => (one.actor ?? actor) === actor && one.message.text.trim() === text);
    if (mine) return { found: mine.$URN ?? mine.commentUrn ?? mine.id ?? 'found' };
    return (paging?.total ?? 0) > elements.length ? 'unknown' : 'absent';
  };

  await step.once('first-comment', create, find);
}

/** What is refused here is a comment alone: the post is out, and the connection is what it was. */
function afterPost(error: unknown): unknown {
  if (!(error instanceof ProviderError)) return error;
  const { failure } = error;
  const permission = failure.kind === 'auth' && failure.evidence?.status === 403;
  if (failure.kind !== 'rejected' && !permission) return error;
  const { code, message, evidence } = failure;
  return new ProviderError({
    kind: 'rejected', code, message: `The post is out, but not its first comment. ${message}`,
    fix: 'Write the comment on LinkedIn yourself, then drop this.', ...(evidence && { evidence }),
  });
}
