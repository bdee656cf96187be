import type { FastifyReply, FastifyRequest } from 'fastify';
import { keepDays } from '../../domain/promise/retention.ts';
import { binTexts as t } from '../../domain/texts/writing/posts-list.ts';
import type { WebContext } from '../context.ts';
import { For } from '../frame/role.tsx';
import { sendPage } from '../page.tsx';
import { ActionButton, ButtonLink, Buttons } from '../ui/button.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';

/** For whoever follows an old link to a post that was deleted since: what became of it, and the way back while there is one. */
export function postInBin(context: WebContext, request: FastifyRequest, reply: FastifyReply, { id, excerpt, deletedAt }: { id: string; excerpt: string; deletedAt: number }): Promise<FastifyReply> {
  return sendPage(context, request, reply, {
    title: t.title, current: '/posts', status: 404,
    body: ({ csrf, workspace }) => (
      <>
        <PageHead title={t.title} />
        <p class="lead">{rich(t.since(keepDays('bin', 'deleted')), { day: <Time at={deletedAt} zone={workspace.zone} /> })}</p>
        {excerpt !== '' && <blockquote><p class="said">{excerpt}</p></blockquote>}
        <Buttons>
          <For role="editor"><ActionButton action={`/posts/${id}/restore`} csrf={csrf} kind="primary">{t.takeBack}</ActionButton></For>
          <ButtonLink kind="quiet" href="/posts?show=deleted">{t.all}</ButtonLink>
        </Buttons>
      </>
    ),
  });
}
