import { longestWaits } from '../../../domain/post.ts';
import { countTags } from '../../../domain/posts/hashtag.ts';
import { countPart, type Problem } from '../../../domain/limits.ts';
import { composerTexts as t } from '../../../domain/texts/writing/composer.ts';
import { Button } from '../../ui/button.tsx';
import { fieldId, inputProps } from '../../ui/field.tsx';
import { Mark } from '../../ui/avatar.tsx';
import { isOwn } from '../model/check.ts';
import { chosenOf, limitsFor, type ChannelData, type ComposerState } from '../model/data.ts';
import type { DraftPart } from '../model/draft.ts';
import { acceptedFiles, FromWeb, MediaList } from './media/media.tsx';
import { Beside } from './problems.tsx';
import { TextTools } from './tools.tsx';
import { typed } from './typed.ts';

/** One part of what is said to all: text, counters, files. */
export function PartFields({ n, state, problems }: { n: number; state: ComposerState; problems: readonly Problem[] }) {
  const field = `part.${n}`;
  const { parts } = state.draft;
  const part = parts[n] ?? { text: '', media: [] };
  const counting = chosenOf(state).filter(({ id }) => !isOwn(state.draft, id));
  return (
    <fieldset class="part" data-drop={`${field}.media`}>
      <legend class={parts.length > 1 ? '' : 'visually-hidden'}>{parts.length > 1 ? t.partOf(n + 1, parts.length) : t.thePost}</legend>
      {n > 0 && <Wait n={n} wait={part.wait ?? ''} problems={problems} />}
      <label class="visually-hidden" for={fieldId(field)}>{parts.length > 1 ? t.textOfPart(n + 1) : t.text}</label>
      <textarea name={`${field}.text`} rows={parts.length === 1 ? 7 : 4} placeholder={n === 0 ? t.firstWords : t.nextWords} value={typed(part.text)} data-complete="all" {...inputProps(field, problems)} />
      <div class="part-foot">
        <TextTools field={field} state={state} />
        <Counters part={part} channels={counting} state={state} />
      </div>
      <Beside field={field} problems={problems} />
      <MediaList n={n} state={state} problems={problems} />
      <Beside field={`${field}.media`} problems={problems} />
      <div class="part-tools">
        <label class="file">
          <span>{t.addFiles}</span>
          <input type="file" name={`${field}.files`} accept={acceptedFiles} multiple id={fieldId(`${field}.media`)} data-target={`${field}.media`} />
        </label>
        <Button kind="quiet" small class="no-script" name="intent" value="upload">{t.upload}</Button>
        <Button kind="quiet" small name="intent" value={`library:${field}.media`}>{t.library}</Button>
        <FromWeb target={`${field}.media`} />
        {parts.length > 1 && (
          <div class="part-moves">
            <Button kind="quiet" small class="step" name="intent" value={`part_up:${n}`} disabled={n === 0} aria-label={t.movePartUp(n + 1)}>↑</Button>
            <Button kind="quiet" small class="step" name="intent" value={`part_down:${n}`} disabled={n === parts.length - 1} aria-label={t.movePartDown(n + 1)}>↓</Button>
            <Button kind="quiet" small name="intent" value={`remove_part:${n}`} aria-label={t.removePartNamed(n + 1)}>{t.removePart}</Button>
          </div>
        )}
      </div>
    </fieldset>
  );
}

/** How long this part waits for the one before to be read. */
function Wait({ n, wait, problems }: { n: number; wait: string; problems: readonly Problem[] }) {
  const field = `part.${n}.wait`;
  return (
    <div class="part-wait">
      <label for={fieldId(field)}>{t.wait}</label>
      <input type="number" name={field} value={typed(wait)} min={0} max={longestWaits} step={1} placeholder="0" inputMode="numeric" {...inputProps(field, problems)} />
      <Beside field={field} problems={problems} />
    </div>
  );
}

/** "149 of 280" for each limit that counts here, red past it. */
export function Counters({ part, channels, state }: { part: DraftPart; channels: readonly ChannelData[]; state: ComposerState }) {
  const counted = channels.map((channel) => ({ channel, ...countPart(part, limitsFor(state, channel).text) }));
  const different = [...new Map(counted.map((one) => [`${one.channel.provider} ${one.max} ${one.length}`, one])).values()];
  if (different.length === 0) return null;
  const tags = countTags(part.text);
  const tagged = tags === 0 ? [] : [...new Map(channels.flatMap((channel) => { const most = limitsFor(state, channel).text.hashtags; return most === undefined ? [] : [[channel.provider, { channel, most }] as const]; })).values()];
  return (
    <ul class="counters">
      {different.map(({ channel, length, max }) => (
        <li class={max > 0 && length > max ? 'count over' : 'count'}><Mark provider={channel.provider} name={channel.network} /> {max === 0 ? t.noText : t.count(length, max)}</li>
      ))}
      {tagged.map(({ channel, most }) => <li class={tags > most ? 'count over' : 'count'}><Mark provider={channel.provider} name={channel.network} /> {t.tagCount(tags, most)}</li>)}
    </ul>
  );
}
