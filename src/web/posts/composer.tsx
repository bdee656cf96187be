import { countWords, fullestPart, type Problem } from '../../domain/limits.ts';
import { limitsOf } from '../../domain/capabilities.ts';
import type { Field } from '../../providers/contract.ts';
import type { Registry } from '../../providers/index.ts';
import type { Channel } from '../../store/channels.ts';
import { ChannelName } from '../parts/channel.tsx';
import { fieldId, FieldProblems, Form, inputProps, ProblemList } from '../parts/form.tsx';
import { momentOf } from '../../domain/schedule.ts';
import { placeOf, timeText } from '../parts/time.tsx';
import type { Draft, DraftPart } from './composer-form.ts';
import type { MediaById } from './view.ts';

export interface ComposerProps {
  draft: Draft;
  channels: readonly Channel[];
  providers: Registry;
  media: MediaById;
  problems: readonly Problem[];
  csrf: string;
}

/** The writing page. All of it works as a plain form; the island adds counting, uploading and saving while one types. */
export function Composer({ draft, channels, providers, media, problems, csrf }: ComposerProps) {
  const labels = labelsOf(channels);
  return (
    <Form action={draft.postId ? `/posts/${draft.postId}` : '/posts'} csrf={csrf} files class="composer" id="composer">
      <h1>{draft.postId ? 'Edit post' : 'New post'}</h1>
      <ProblemList problems={problems} labels={labels} />
      {draft.version !== null && <input type="hidden" name="version" value={draft.version} />}
      {/* Enter in a field presses the form's first button: this one, which harms nothing. */}
      <button class="visually-hidden" name="intent" value="draft" tabIndex={-1} aria-hidden="true">Save draft</button>

      <div class="composer-columns">
        <div class="writing">
          {draft.parts.map((part, n) => (
            <PartFields part={part} n={n} count={draft.parts.length} media={media} problems={problems} />
          ))}
          <button class="button quiet" name="intent" value="add_part">Add a part to the thread</button>
        </div>
        <div class="destinations">
          <ChannelPicker draft={draft} channels={channels} providers={providers} problems={problems} />
          {channels.map((channel) => <ChannelVersion channel={channel} draft={draft} providers={providers} problems={problems} />)}
        </div>
      </div>

      <div class="composer-bar">
        <div class="field when">
          <label for={fieldId('wall')}>When <span class="handle">{placeOf(draft.zone)} time</span></label>
          <input type="datetime-local" name="at" value={draft.wall} {...inputProps('wall', problems)} />
          <p class="in-words" data-when data-zone={draft.zone}>{wordsOf(draft)}</p>
          <FieldProblems field="wall" problems={problems} />
        </div>
        <div class="buttons">
          <button class="button quiet" name="intent" value="draft">Save draft</button>
          <button class="button quiet" name="intent" value="now">Publish now</button>
          <button class="button primary" name="intent" value="schedule">Schedule</button>
        </div>
        <p class="help saved" role="status" data-saved />
      </div>
    </Form>
  );
}

function PartFields({ part, n, count, media, problems }: { part: DraftPart; n: number; count: number; media: MediaById; problems: readonly Problem[] }) {
  const field = `part.${n}`;
  return (
    <fieldset class="part" data-part={n}>
      <legend>{count > 1 ? `Part ${n + 1} of ${count}` : 'Text'}</legend>
      <label class="visually-hidden" for={fieldId(field)}>{count > 1 ? `Text of part ${n + 1}` : 'Text'}</label>
      <textarea name={`part.${n}.text`} rows={n === 0 ? 8 : 4} placeholder={n === 0 ? 'What do you want to say?' : 'And then?'} {...inputProps(field, problems)}>{part.text}</textarea>
      <FieldProblems field={field} problems={problems} />
      <ul class="pictures" data-pictures={n}>
        {part.media.map(({ mediaId, alt }, i) => (
          <li class="picture">
            <input type="hidden" name={`part.${n}.media`} value={mediaId} />
            <img src={`/media/${mediaId}/thumb`} alt="" width={96} height={96} />
            <div>
              <label for={fieldId(`${field}.alt.${i}`)}>Describe {media.get(mediaId)?.name ?? 'this picture'}</label>
              <input name={`alt.${mediaId}`} value={alt || (media.get(mediaId)?.alt ?? '')} placeholder="For people who cannot see it" {...inputProps(`${field}.alt.${i}`, problems)} />
              <FieldProblems field={`${field}.alt.${i}`} problems={problems} />
            </div>
            <button class="button quiet small" name="intent" value={`remove_image:${mediaId}`}>Remove</button>
          </li>
        ))}
      </ul>
      <FieldProblems field={`${field}.media`} problems={problems} />
      <div class="part-tools">
        <label class="file">
          <span>Add pictures</span>
          <input type="file" name={`part.${n}.files`} accept="image/jpeg,image/png,image/webp,image/gif" multiple id={fieldId(`${field}.media`)} data-files={n} />
        </label>
        <button class="button quiet small no-script" name="intent" value="upload">Upload</button>
        {count > 1 && <button class="button quiet small" name="intent" value={`remove_part:${n}`}>Remove this part</button>}
      </div>
    </fieldset>
  );
}

function ChannelPicker({ draft, channels, providers, problems }: Pick<ComposerProps, 'draft' | 'channels' | 'providers' | 'problems'>) {
  if (channels.length === 0) return <p>No channel is connected yet. <a href="/channels">Connect one</a>, then come back.</p>;
  return (
    <fieldset class="channels" {...inputProps('channels', problems)}>
      <legend>Where</legend>
      <FieldProblems field="channels" problems={problems} />
      {channels.map((channel) => {
        return (
          <label class="channel-choice">
            <input type="checkbox" name="channel" value={channel.id} checked={draft.channelIds.includes(channel.id)} disabled={channel.connectionStatus === 'revoked'} />
            <ChannelName channel={channel} provider={providers.get(channel.provider)} />
            {channel.connectionStatus === 'needs_reconnect' && <span class="needs-you">reconnect first</span>}
            <Count channel={channel} draft={draft} providers={providers} />
          </label>
        );
      })}
    </fieldset>
  );
}

/** "149 of 280", red past the limit. The island recounts by the rule that stands in its data. */
function Count({ channel, draft, providers }: { channel: Channel } & Pick<ComposerProps, 'draft' | 'providers'>) {
  const provider = providers.get(channel.provider);
  if (!provider) return null;
  const rule = limitsOf(provider.capabilities, [channel.limits], draft.options.get(channel.id)?.['format']).text;
  const own = draft.own.get(channel.id);
  const fullest = fullestPart(draft.parts.map((part, n) => ({ ...part, text: own?.[n] ?? part.text })), rule);
  return (
    <span class={fullest.length > fullest.max ? 'count over' : 'count'} data-count={channel.id} data-rule={JSON.stringify(rule)}>
      {countWords(fullest, draft.parts.length)}
    </span>
  );
}

function ChannelVersion({ channel, draft, providers, problems }: { channel: Channel } & Pick<ComposerProps, 'draft' | 'providers' | 'problems'>) {
  const provider = providers.get(channel.provider);
  const texts = draft.own.get(channel.id);
  const values = draft.options.get(channel.id) ?? {};
  if (!provider) return null;
  const troubled = problems.some(({ field }) => field.startsWith(`${channel.id}.`));
  return (
    <details class="version" data-version={channel.id} hidden={!draft.channelIds.includes(channel.id) && !troubled} open={texts !== undefined || troubled}>
      <summary>
        {provider.name === channel.name ? provider.name : `${provider.name}: ${channel.name}`}{texts && <span class="edited">edited</span>}
      </summary>
      <label class="check">
        <input type="checkbox" name={`own.${channel.id}`} checked={texts !== undefined} data-own={channel.id} /> A text of its own
      </label>
      {draft.parts.map((part, n) => (
        <div class="own-part">
          <label for={fieldId(`${channel.id}.part.${n}`)}>{draft.parts.length > 1 ? `Part ${n + 1} for ${provider.name}` : `Text for ${provider.name}`}</label>
          <textarea name={`own.${channel.id}.part.${n}`} rows={4} data-own-text={channel.id} {...inputProps(`${channel.id}.part.${n}`, problems)}>{texts?.[n] ?? part.text}</textarea>
          <FieldProblems field={`${channel.id}.part.${n}`} problems={problems} />
        </div>
      ))}
      {provider.fields.map((field) => (
        <OptionField field={field} channelId={channel.id} value={values[field.name] ?? ''} problems={problems} />
      ))}
    </details>
  );
}

function OptionField({ field, channelId, value, problems }: { field: Field; channelId: string; value: string; problems: readonly Problem[] }) {
  const key = `${channelId}.option.${field.name}`;
  const name = `option.${key.replace('.option.', '.')}`;
  const control = field.kind === 'select'
    ? <select name={name} {...inputProps(key, problems)}>{(field.choices ?? []).map((choice) => <option value={choice.value} selected={choice.value === value}>{choice.label}</option>)}</select>
    : field.kind === 'textarea'
      ? <textarea name={name} rows={2} {...inputProps(key, problems)}>{value}</textarea>
      : <input name={name} value={value} {...inputProps(key, problems)} />;
  if (field.kind === 'checkbox') {
    return <label class="check"><input type="checkbox" name={name} checked={value !== ''} {...inputProps(key, problems)} /> {field.label}</label>;
  }
  return (
    <div class="field">
      <label for={fieldId(key)}>{field.label}</label>
      {field.help && <p class="help">{field.help}</p>}
      {control}
      <FieldProblems field={key} problems={problems} />
    </div>
  );
}

function wordsOf({ wall, zone }: Draft): string {
  const moment = momentOf(wall, zone);
  return moment ? timeText(moment.at, zone) : '';
}

function labelsOf(channels: readonly Channel[]): Record<string, string> {
  return Object.fromEntries(channels.flatMap(({ id, name }) => Array.from({ length: 20 }, (_, n) => [`${id}.part.${n}`, name])));
}
