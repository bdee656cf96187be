import { tagLine } from '../../../domain/posts/hashtag.ts';
import { hashtagTexts } from '../../../domain/texts/writing/hashtags.ts';
import { writingTexts as t } from '../../../domain/texts/writing/writing.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Sheet } from '../../ui/menu.tsx';
import type { ComposerState } from '../model/data.ts';

/** What can be put into a text: emoji and hashtags by a script, sets of hashtags without one too. `field` is the text's. */
export function TextTools({ field, state: { data: { sets } } }: { field: string; state: ComposerState }) {
  return (
    <div class="text-tools" role="group" aria-label={t.tools}>
      <button type="button" class="tool with-script" data-tool="emoji" data-for={field} aria-label={t.emoji} title={t.emoji} aria-haspopup="dialog"><Icon name="emoji" /></button>
      <button type="button" class="tool with-script" data-tool="hashtags" data-for={field} aria-label={t.hashtags} title={t.hashtags} aria-haspopup="dialog"><Icon name="hashtag" /></button>
      <div class="no-script">
        <Sheet label={t.hashtags}>
          {sets.map(({ id, name, tags }) => <p><Button small kind="quiet" name="intent" value={`tags:${field}:${id}`}>{name}</Button> <span class="help">{tagLine(tags)}</span></p>)}
          <p><a href="/posts/hashtags">{hashtagTexts.title}</a></p>
        </Sheet>
      </div>
    </div>
  );
}
