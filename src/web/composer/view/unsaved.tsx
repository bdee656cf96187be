import type { Autosave } from '../../../store/posts/autosaves.ts';
import { composerTexts as t } from '../../../domain/texts/writing/composer.ts';
import { ActionButton, ButtonLink } from '../../ui/button.tsx';
import { rich } from '../../words/rich.tsx';
import { Time } from '../../words/time.tsx';

/** What was typed earlier and never saved: offered, never put in the way. */
export function Unsaved({ found, zone, csrf }: { found: readonly Pick<Autosave, 'id' | 'postId' | 'excerpt' | 'changedAt'>[]; zone: string; csrf: string }) {
  if (found.length === 0) return null;
  return (
    <aside class="unsaved" aria-label={t.unsaved}>
      {found.map(({ id, postId, excerpt, changedAt }) => (
        <div class="unsaved-line">
          <p>{rich(t.unsavedLine, { time: <Time at={changedAt} zone={zone} />, words: <q>{excerpt || t.noWords}</q> })}</p>
          <div class="buttons">
            <ButtonLink small href={`${postId ? `/posts/${postId}/edit` : '/posts/new'}?resume=${id}`}>{t.goOn}</ButtonLink>
            <ActionButton action={`/posts/autosaves/${id}/drop`} csrf={csrf}>{t.throwAway}</ActionButton>
          </div>
        </div>
      ))}
    </aside>
  );
}
