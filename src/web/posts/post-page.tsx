import type { Content } from '../../domain/post.ts';
import type { Problem } from '../../domain/limits.ts';
import { keepDays } from '../../domain/promise/retention.ts';
import { postTexts as t } from '../../domain/texts/writing/post.ts';
import { isVideo } from '../../domain/media.ts';
import type { Publication } from '../../domain/publication.ts';
import type { Registry } from '../../providers/index.ts';
import type { Media } from '../../store/media.ts';
import type { Post } from '../../store/posts.ts';
import { PostLabels, type PostLabelsProps } from '../labels/post-labels.tsx';
import { ActionButton, ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { For } from '../frame/role.tsx';
import { rich } from '../words/rich.tsx';
import { StateMark } from '../words/state.tsx';
import { dayText, Time } from '../words/time.tsx';
import type { View } from '../page.tsx';
import type { Journal } from './evidence.tsx';
import { PublicationCard } from './publication-card.tsx';
import { remedyFor } from './remedy.tsx';
import type { MediaById, PostView } from './view.ts';

export interface PostPageProps {
  post: Post;
  view: PostView;
  journals: readonly Journal[];
  media: MediaById;
  providers: Registry;
  page: View;
  problems: readonly Problem[];
  labels: PostLabelsProps['labels'];
}

export function PostPage({ post, view, journals, media, providers, page, problems, labels }: PostPageProps) {
  const { csrf, workspace } = page;
  const untouched = view.publications.every(({ begun, status }) => view.contentDeletedAt === null && !begun && (status === 'scheduled' || status === 'canceled'));
  const waiting = view.publications.some(({ status }) => status === 'scheduled');
  const channelOf = (id: string) => view.channels.find((channel) => channel.id === id);
  // What needs somebody comes first.
  const needs = (one: Publication) => remedyFor(one, channelOf(one.channelId), view.contentDeletedAt !== null) !== null;
  const needing = view.publications.filter(needs);
  const ordered = [...needing, ...view.publications.filter((one) => !needs(one))];
  const moving = view.publications.some(({ status, held }) => status === 'publishing' || (status === 'scheduled' && held === null));
  return (
    <article data-refresh={moving ? '3' : undefined}>
      <PageHead title={view.at === null ? t.noTime : <Time at={view.at} zone={workspace.zone} />} beside={<StateMark status={view.status} />}>
        <For role="editor">
          {untouched && <ButtonLink href={`/posts/${post.id}/edit`}>{t.edit}</ButtonLink>}
          {untouched && (waiting || post.state === 'draft') && <ButtonLink href={`/posts/${post.id}/move`}>{t.move}</ButtonLink>}
          {waiting && <ActionButton action={`/posts/${post.id}/cancel`} csrf={csrf}>{t.cancel}</ActionButton>}
          {untouched && <ActionButton action={`/posts/${post.id}/delete`} csrf={csrf} kind="danger">{t.remove}</ActionButton>}
        </For>
      </PageHead>
      {needing.length > 0 && <p class="needs-line"><a href={`#publication-${needing[0]?.id ?? ''}`}>{t.needsYou(needing.length)}</a></p>}
      {view.contentDeletedAt === null ? <ContentView content={post.content} media={media} /> : <ContentDeleted at={view.contentDeletedAt} zone={workspace.zone} />}
      <PostLabels postId={post.id} labels={labels} csrf={csrf} />
      <h2 id="places">{t.places}</h2>
      {view.publications.length === 0 && <p>{t.nowhere}</p>}
      <ul class="cards">
        {ordered.map((publication) => (
          <PublicationCard
            publication={publication} channel={channelOf(publication.channelId)} providers={providers}
            own={post.variants.find(({ channelId }) => channelId === publication.channelId)?.content ?? null}
            parts={partsOf(post, publication.channelId)} contentDeleted={view.contentDeletedAt !== null}
            journal={journals.find(({ publicationId }) => publicationId === publication.id)} page={page} problems={problems}
          />
        ))}
      </ul>
    </article>
  );
}

export function partsOf({ content, variants }: Post, channelId: string): number {
  return (variants.find((variant) => variant.channelId === channelId)?.content ?? content).parts.length;
}

export function ContentView({ content, media: files }: { content: Content; media: MediaById }) {
  return (
    <ol class="content">
      {content.parts.map(({ text, media }) => (
        <li>
          <p class="said">{text}</p>
          {media.length > 0 && (
            <ul class="said-pictures">
              {media.map(({ mediaId, alt }) => (
                <li><Said mediaId={mediaId} alt={alt} file={files.get(mediaId)} />{alt ? <p class="help">{alt}</p> : <p class="help">{t.noDescription(files.get(mediaId)?.name ?? '')}</p>}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}

/** In the place of what was said. */
function ContentDeleted({ at, zone }: { at: number; zone: string }) {
  return <Empty>{rich(t.contentDeleted(keepDays('content', 'published')), { day: dayText(at, zone), kept: (words) => <a href="/privacy">{words}</a> })}</Empty>;
}

/** A picture to open, or a video to play. */
function Said({ mediaId, alt, file }: { mediaId: string; alt: string; file: Media | undefined }) {
  if (file && isVideo(file.type)) return <SaidVideo mediaId={mediaId} alt={alt} posterAt={file.posterAt} />;
  return <a href={`/media/${mediaId}`}><img src={`/media/${mediaId}/thumb`} alt={alt} /></a>;
}

/** Its still stands for it until it plays, where it has one. */
export function SaidVideo({ mediaId, alt, posterAt }: { mediaId: string; alt: string; posterAt: number | null }) {
  const still = posterAt === null ? {} : { poster: `/media/${mediaId}/thumb?still=${posterAt}` };
  return <video src={`/media/${mediaId}`} controls preload="metadata" playsInline {...still} {...(alt && { 'aria-label': alt })} />;
}
