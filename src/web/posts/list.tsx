import { useContext } from 'preact/hooks';
import { atLeast, type Role } from '../../domain/role.ts';
import { Mark } from '../parts/channel.tsx';
import { For, RoleHere } from '../parts/role.tsx';
import { StateMark } from '../parts/state.tsx';
import { Time } from '../parts/time.tsx';
import { lineOf, type PostView } from './view.ts';

const filters = [['', 'All'], ['draft', 'Drafts'], ['scheduled', 'Scheduled'], ['failed', 'Failed'], ['canceled', 'Canceled']] as const;

export function PostList({ views, show, zone, next }: { views: readonly PostView[]; show: string; zone: string; next: string | null }) {
  return (
    <>
      <div class="page-head">
        <h1>Posts</h1>
        <nav class="tabs" aria-label="Which posts">
          {filters.map(([value, label]) => <a href={value ? `/posts?show=${value}` : '/posts'} aria-current={show === value ? 'page' : undefined}>{label}</a>)}
        </nav>
      </div>
      {views.length === 0 && (
        <div class="empty">
          <p>{show ? 'Nothing here.' : 'Nothing written yet. What you write, schedule and publish gathers here.'}</p>
          <For role="editor"><p><a class="button primary" href="/posts/new">Write the first post</a></p></For>
        </div>
      )}
      <ul class="rows">{views.map((view) => <PostRow view={view} zone={zone} />)}</ul>
      {next && <p><a class="button" href={`/posts?${new URLSearchParams({ ...(show && { show }), before: next })}`}>Earlier posts</a></p>}
    </>
  );
}

/** A draft is opened where it is written, by whoever may write. */
export function addressOf({ id, status }: Pick<PostView, 'id' | 'status'>, role: Role): string {
  return status === 'draft' && atLeast(role, 'editor') ? `/posts/${id}/edit` : `/posts/${id}`;
}

export function PostRow({ view, zone }: { view: PostView; zone: string }) {
  return (
    <li class={`row edge-${view.status}`}>
      <a href={addressOf(view, useContext(RoleHere))}>
        {view.thumb && <img src={`/media/${view.thumb.id}/thumb`} alt={view.thumb.alt} width={48} height={48} loading="lazy" />}
        <span class="row-text">{lineOf(view)}</span>
        <span class="row-marks">{view.channels.map(({ provider, name }) => <Mark provider={provider} name={name} />)}</span>
        <span class="row-time">{view.at === null ? 'No time yet' : <Time at={view.at} zone={zone} />}</span>
        <StateMark status={view.status} />
      </a>
    </li>
  );
}
