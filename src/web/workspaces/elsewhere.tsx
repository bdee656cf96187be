import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WebContext } from '../context.ts';
import { sendPage } from '../page.tsx';
import { ActionButton } from '../ui/button.tsx';
import { actorOf } from '../policy.ts';

/**
 * For the address of a post that is not in the workspace the session looks at. A link from a mail or a colleague leads to the
 * right place in two clicks where the person is a member; for everybody else there is nothing here.
 */
export async function postElsewhere(context: WebContext, request: FastifyRequest, reply: FastifyReply, postId: string): Promise<FastifyReply> {
  const there = await context.store.workspaces.withPost(actorOf(request).userId, postId);
  if (!there) {
    reply.callNotFound();
    return reply;
  }
  return sendPage(context, request, reply, {
    title: 'In another workspace', current: '', status: 409,
    body: ({ csrf, workspace }) => (
      <>
        <h1>This post is in another workspace</h1>
        <p class="lead">It is in “{there.name}”, and you are in “{workspace.name}”.</p>
        <p class="buttons">
          <ActionButton action="/workspaces/switch" csrf={csrf} kind="primary" fields={{ workspace: there.id, next: request.url }}>Go to “{there.name}”</ActionButton>
          <a class="button quiet" href="/">Stay here</a>
        </p>
      </>
    ),
  });
}
