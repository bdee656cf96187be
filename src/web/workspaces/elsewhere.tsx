import type { FastifyReply, FastifyRequest } from 'fastify';
import { teamTexts as t } from '../../domain/texts/people/team.ts';
import type { WebContext } from '../context.ts';
import { sendPage } from '../page.tsx';
import { ActionButton, ButtonLink, Buttons } from '../ui/button.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { actorOf } from '../policy.ts';
import { postInBin } from '../posts/in-bin.tsx';

/**
 * For the address of a post that is not among those of the workspace the session looks at. One that lies in the bin says so,
 * with the way back. A link from a mail or a colleague leads to the
 * right place in two clicks where the person is a member; for everybody else there is nothing here.
 */
export async function postElsewhere(context: WebContext, request: FastifyRequest, reply: FastifyReply, postId: string): Promise<FastifyReply> {
  const [card] = await context.store.calendar.cards(actorOf(request).workspaceId, [postId]);
  if (card?.deletedAt != null) return postInBin(context, request, reply, { ...card, deletedAt: card.deletedAt });
  const there = await context.store.workspaces.withPost(actorOf(request).userId, postId);
  if (!there) {
    reply.callNotFound();
    return reply;
  }
  return sendPage(context, request, reply, {
    title: t.elsewhere, current: '', status: 409,
    body: ({ csrf, workspace }) => (
      <>
        <PageHead title={t.elsewhereTitle} />
        <p class="lead">{t.elsewhereMeans(there.name, workspace.name)}</p>
        <Buttons>
          <ActionButton action="/workspaces/switch" csrf={csrf} kind="primary" fields={{ workspace: there.id, next: request.url }}>{t.goThere(there.name)}</ActionButton>
          <ButtonLink kind="quiet" href="/">{t.stayHere}</ButtonLink>
        </Buttons>
      </>
    ),
  });
}
