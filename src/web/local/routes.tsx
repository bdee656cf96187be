import type { FastifyInstance } from 'fastify';
import { isVideo } from '../../domain/media.ts';
import { keepDays } from '../../domain/promise/retention.ts';
import { localTexts as t } from '../../domain/texts/instance/local.ts';
import type { Media } from '../../store/media.ts';
import type { WebContext } from '../context.ts';
import { sendPage } from '../page.tsx';
import { For } from '../frame/role.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Time } from '../words/time.tsx';
import { actorOf } from '../policy.ts';
import { SaidVideo } from '../posts/post-page.tsx';
import { filesOf } from '../posts/view.ts';

const mostShown = 100;

/** The pages of the networks that live inside this instance: `/<network>/:channel`, for the workspace they belong to. */
export function localRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers } = context;
  for (const provider of providers.all.filter(({ local }) => local)) {
    server.get(`/${provider.id}/:channel`, { config: { policy: { member: 'viewer' } } }, async (request, reply) => {
      const { workspaceId } = actorOf(request);
      const channel = await store.channels.get(workspaceId, (request.params as { channel: string }).channel);
      if (!channel || channel.provider !== provider.id) return reply.callNotFound();
      const entries = await store.local.ofChannel(workspaceId, channel.id, mostShown);
      const files = await filesOf(store, workspaceId, entries.flatMap(({ parts }) => parts.flatMap(({ media }) => media.map(({ mediaId }) => mediaId))));
      return sendPage(context, request, reply, {
        title: channel.name, current: '/channels',
        body: ({ workspace }) => (
          <>
            <PageHead title={channel.name} />
            <p class="lead">{t.lead(provider.name, keepDays('content', 'published'))}</p>
            {entries.length === 0 && <Empty action={<For role="editor"><ButtonLink href={`/posts/new?channel=${channel.id}`} kind="primary">{t.write}</ButtonLink></For>}>{t.none}</Empty>}
            {entries.map(({ key, parts, at }) => (
              <article class="entry" id={key} data-entry>
                <p class="help"><Time at={at} zone={workspace.zone} /></p>
                {parts.map(({ text, media }) => (
                  <div class="entry-part">
                    <p class="said">{text}</p>
                    {media.length > 0 && <ul class="said-pictures">{media.map(({ mediaId, alt }) => <li>{isFilm(files.get(mediaId)) ? <SaidVideo mediaId={mediaId} alt={alt} posterAt={files.get(mediaId)?.posterAt ?? null} /> : <img src={`/media/${mediaId}`} alt={alt} loading="lazy" />}</li>)}</ul>}
                  </div>
                ))}
              </article>
            ))}
          </>
        ),
      });
    });
  }
}

function isFilm(file: Media | undefined): boolean {
  return file !== undefined && isVideo(file.type);
}
