import type { Autosave } from '../../../store/autosaves.ts';
import { ActionButton } from '../../ui/button.tsx';
import { Time } from '../../words/time.tsx';

/** What was typed earlier and never saved: offered, never put in the way. */
export function Unsaved({ found, zone, csrf }: { found: readonly Pick<Autosave, 'id' | 'postId' | 'excerpt' | 'changedAt'>[]; zone: string; csrf: string }) {
  if (found.length === 0) return null;
  return (
    <aside class="unsaved" aria-label="Not saved yet">
      {found.map(({ id, postId, excerpt, changedAt }) => (
        <div class="unsaved-line">
          <p>Written <Time at={changedAt} zone={zone} /> and not saved: <q>{excerpt || 'no text'}</q></p>
          <div class="buttons">
            <a class="button small" href={`${postId ? `/posts/${postId}/edit` : '/posts/new'}?resume=${id}`}>Go on with it</a>
            <ActionButton action={`/posts/autosaves/${id}/drop`} csrf={csrf}>Throw it away</ActionButton>
          </div>
        </div>
      ))}
    </aside>
  );
}
