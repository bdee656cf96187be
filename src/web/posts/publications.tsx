import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { confirmPublished, dropPublication, publishAgain, retryFailed } from '../../actions/posts/settle.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Problem } from '../../domain/limits.ts';
import { postTexts as t } from '../../domain/texts/writing/post.ts';
import type { Result } from '../../domain/result.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { Empty } from '../ui/empty.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { actorOf, type Policy } from '../policy.ts';
import type { Publication } from '../../domain/publication.ts';
import type { Post } from '../../store/posts.ts';
import { partsOf } from './post-page.tsx';
import { PublicationCard } from './publication-card.tsx';
import { idOf } from './routes.tsx';
import { postViews } from './view.ts';

/** After an old backup was put back there may be thousands. */
const mostShown = 30;

const edit: { policy: Policy } = { policy: { member: 'editor' } };

/** What waits for a person's word, and the words that can be said. */
export function publicationRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers } = context;

  async function unconfirmedPage(request: FastifyRequest, reply: FastifyReply, problems: readonly Problem[], about: string | null) {
    const { workspaceId } = actorOf(request);
    const pulse = await store.pulse.of(workspaceId, context.now());
    const oldest = await store.publications.unconfirmed(workspaceId, mostShown);
    // What was just refused is shown, wherever it stands among them.
    const asked = about === null || oldest.some(({ id }) => id === about) ? undefined : await store.publications.get(workspaceId, about);
    const waiting = asked?.status === 'unconfirmed' ? [asked, ...oldest] : oldest;
    const posts = (await Promise.all([...new Set(waiting.map(({ postId }) => postId))].map((id) => store.posts.get(workspaceId, id)))).filter((post) => post !== undefined);
    const views = await postViews(store, workspaceId, posts);
    const journals = await Promise.all(waiting.map(async ({ id }) => ({
      publicationId: id, attempts: await store.journal.attemptsOf(workspaceId, id), steps: await store.journal.stepsOf(workspaceId, id),
    })));
    return sendPage(context, request, reply, {
      title: t.unconfirmedTitle, current: '', status: problems.length > 0 ? 422 : 200, ...(problems.length === 0 && { pulse }),
      body: (page) => (
        <>
          <PageHead title={t.unconfirmedTitle} />
          <p class="lead">{t.unconfirmedLead}</p>
          {waiting.length === 0 && <Empty>{t.unconfirmedNone}</Empty>}
          <ul class="cards">
            {waiting.map((publication) => {
              const view = views.find(({ id }) => id === publication.postId);
              return (
                <li>
                  <p class="said-short"><a href={`/posts/${publication.postId}`}>{view?.excerpt || t.untitled}</a></p>
                  <ul>
                    <PublicationCard
                      publication={publication} channel={view?.channels.find(({ id }) => id === publication.channelId)} providers={providers}
                      parts={partsIn(posts, publication)}
                      journal={journals.find(({ publicationId }) => publicationId === publication.id)} page={page}
                      problems={about === publication.id ? problems : []}
                    />
                  </ul>
                </li>
              );
            })}
          </ul>
          {page.strip.unconfirmed > waiting.length && <p class="help">{t.unconfirmedMore(page.strip.unconfirmed - waiting.length)}</p>}
        </>
      ),
    });
  }

  server.get('/unconfirmed', { config: { policy: { member: 'viewer' } } }, (request, reply) => unconfirmedPage(request, reply, [], null));

  server.post('/publications/:id/confirm', { config: edit }, async (request, reply) => {
    const id = idOf(request);
    const publication = await store.publications.get(actorOf(request).workspaceId, id);
    if (!publication) return reply.callNotFound();
    const done = await confirmPublished(context, actorOf(request), id, formOf(request.body).one('url'));
    if (!done.ok && done.problems[0]?.field === 'url') return unconfirmedPage(request, reply, done.problems, id);
    flash(reply, done.ok ? t.confirmed : (done.problems[0]?.message ?? ''));
    return reply.redirect(`/posts/${publication.postId}`, 303);
  });

  const verb = (name: string, act: (context: WebContext, actor: Actor, id: string) => Promise<Result>, said: string) =>
    server.post(`/publications/:id/${name}`, { config: edit }, async (request, reply) => {
      const publication = await store.publications.get(actorOf(request).workspaceId, idOf(request));
      if (!publication) return reply.callNotFound();
      const done = await act(context, actorOf(request), publication.id);
      flash(reply, done.ok ? said : (done.problems[0]?.message ?? ''));
      return reply.redirect(`/posts/${publication.postId}`, 303);
    });
  verb('again', publishAgain, t.sentAgain);
  verb('retry', retryFailed, t.retried);
  verb('drop', dropPublication, t.dropped);
}

function partsIn(posts: readonly Post[], { postId, channelId }: Publication): number {
  const post = posts.find(({ id }) => id === postId);
  return post ? partsOf(post, channelId) : 1;
}
