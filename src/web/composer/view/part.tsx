import { longestWaits } from '../../../domain/post.ts';
import { countPart, type Problem } from '../../../domain/limits.ts';
import { fieldId, inputProps } from '../../ui/field.tsx';
import { Mark } from '../../ui/avatar.tsx';
import { isOwn } from '../model/check.ts';
import { chosenOf, limitsFor, type ChannelData, type ComposerState } from '../model/data.ts';
import type { DraftPart } from '../model/draft.ts';
import { acceptedFiles, MediaList } from './media.tsx';
import { Beside } from './problems.tsx';
import { typed } from './typed.ts';

/** One part of what is said to all: text, counters, files. */
export function PartFields({ n, state, problems }: { n: number; state: ComposerState; problems: readonly Problem[] }) {
  const field = `part.${n}`;
  const { parts } = state.draft;
  const part = parts[n] ?? { text: '', media: [] };
  const counting = chosenOf(state).filter(({ id }) => !isOwn(state.draft, id));
  return (
    <fieldset class="part" data-drop={`${field}.media`}>
      <legend class={parts.length > 1 ? '' : 'visually-hidden'}>{parts.length > 1 ? `Part ${n + 1} of ${parts.length}` : 'The post'}</legend>
      {n > 0 && <Wait n={n} wait={part.wait ?? ''} problems={problems} />}
      <label class="visually-hidden" for={fieldId(field)}>{parts.length > 1 ? `Text of part ${n + 1}` : 'Text'}</label>
      <textarea name={`${field}.text`} rows={parts.length === 1 ? 7 : 4} placeholder={n === 0 ? 'What do you want to say?' : 'And then?'} value={typed(part.text)} {...inputProps(field, problems)} />
      <Counters part={part} channels={counting} state={state} />
      <Beside field={field} problems={problems} />
      <MediaList n={n} state={state} problems={problems} />
      <Beside field={`${field}.media`} problems={problems} />
      <div class="part-tools">
        <label class="file">
          <span>Add pictures or videos</span>
          <input type="file" name={`${field}.files`} accept={acceptedFiles} multiple id={fieldId(`${field}.media`)} data-target={`${field}.media`} />
        </label>
        <button class="button quiet small no-script" name="intent" value="upload">Upload</button>
        <button class="button quiet small" name="intent" value={`library:${field}.media`}>From the library</button>
        {parts.length > 1 && (
          <>
            {n > 0 && <button class="button quiet small" name="intent" value={`part_up:${n}`} aria-label={`Move part ${n + 1} up`}>Up</button>}
            {n < parts.length - 1 && <button class="button quiet small" name="intent" value={`part_down:${n}`} aria-label={`Move part ${n + 1} down`}>Down</button>}
            <button class="button quiet small" name="intent" value={`remove_part:${n}`}>Remove this part</button>
          </>
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
      <label for={fieldId(field)}>Minutes after the part before</label>
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
  return (
    <ul class="counters">
      {different.map(({ channel, length, max }) => (
        <li class={length > max ? 'count over' : 'count'}><Mark provider={channel.provider} name={channel.network} /> {max === 0 ? 'no text' : `${length} of ${max}`}</li>
      ))}
    </ul>
  );
}
