import { Fragment } from 'preact';
import type { Field } from '../../../domain/field.ts';
import type { Problem } from '../../../domain/limits.ts';
import { LabelChecks } from '../../labels/post-labels.tsx';
import { Mark } from '../../ui/avatar.tsx';
import { fieldId, inputProps } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { clockText, placeOf, wallText } from '../../words/time.tsx';
import { listText } from '../../words/words.ts';
import { ChannelRow, Trouble } from './channels.tsx';
import { countsOf, isOwn, problemsOf, stopsOf } from '../model/check.ts';
import { chosenOf, declarationsOf, isChosen, type ComposerState, type KeptState } from '../model/data.ts';
import type { Draft } from '../model/draft.ts';
import { Linked } from './field.tsx';
import { PartFields } from './part.tsx';
import { Previews } from './preview.tsx';
import { Beside, Problems, Refusal } from './problems.tsx';
import { ChannelPanel } from './version.tsx';

/**
 * The writing page, drawn from its state alone. All of it works as a plain form; in the browser the same view is drawn
 * anew at every change.
 */
export function Composer({ state }: { state: ComposerState }) {
  const { draft, data } = state;
  const problems = problemsOf(state);
  const chosen = chosenOf(state);
  const labelOf = ({ field }: Problem) => data.channels.find(({ id }) => field.startsWith(`${id}.`))?.name ?? '';
  return (
    <Form action={draft.postId ? `/posts/${draft.postId}` : '/posts'} csrf={data.csrf} files class="composer">
      <h1>{draft.postId ? 'Edit post' : 'New post'}</h1>
      <Refusal refused={state.refused} problems={problems} />
      <input type="hidden" name="autosave" value={state.autosave} />
      {draft.postId !== null && <input type="hidden" name="post" value={draft.postId} />}
      <Company kept={state.kept} zone={draft.zone} />
      {draft.version !== null && <input type="hidden" name="version" value={draft.version} />}
      {/* Enter in a field presses the form's first button: this one, which changes nothing. */}
      <button class="visually-hidden" name="intent" value="refresh" tabIndex={-1} aria-hidden="true">Look again</button>
      <ChannelRow state={state} problems={problems} />
      <div class="composer-columns">
        <Versions state={state} problems={problems} />
        <aside class="beside" aria-label="How it will look">
          <Problems problems={problems} labelOf={labelOf} />
          {chosen.length > 0 && <h2>Preview</h2>}
          <Previews state={state} problems={problems} />
          <LabelField state={state} />
        </aside>
      </div>
      <Bar
        draft={draft} problems={problems} kept={state.kept} uploading={state.uploads.some(({ failed }) => failed === null)}
        declarations={declarationsOf(state)} stop={state.live ? chosen.flatMap((channel) => stopsOf(state, channel))[0] : undefined}
      />
    </Form>
  );
}

/** What the post is filed under: quiet, for it changes nothing of what goes out. */
function LabelField({ state: { draft, data } }: { state: ComposerState }) {
  if (data.labels.length === 0) return null;
  return (
    <fieldset class="label-field">
      <legend>Labels</legend>
      <LabelChecks all={data.labels} own={draft.labels} name="label" />
    </fieldset>
  );
}

/** One tab for all and one for each chosen channel; radio buttons, so that they turn without a script. */
function Versions({ state, problems }: { state: ComposerState; problems: readonly Problem[] }) {
  const { draft } = state;
  const chosen = chosenOf(state);
  const open = chosen.find(({ id }) => id === draft.tab)?.id ?? 'all';
  return (
    <fieldset class="tabbed writing">
      <legend class="visually-hidden">Versions</legend>
      <input type="radio" class="tab-radio visually-hidden" name="tab" value="all" id="tab-all" checked={open === 'all'} />
      <label class="tab" for="tab-all">All <Trouble count={countsOf(problems, 'all').blocking} /></label>
      <div class="panel">
        {draft.parts.map((_, n) => <PartFields n={n} state={state} problems={problems} />)}
        <button class="button quiet" name="intent" value="add_part">Add a part to the thread</button>
      </div>
      {chosen.map((channel) => (
        <Fragment key={channel.id}>
          <input type="radio" class="tab-radio visually-hidden" name="tab" value={channel.id} id={`tab-${channel.id}`} checked={open === channel.id} />
          <label class="tab" for={`tab-${channel.id}`}>
            <Mark provider={channel.provider} name={channel.network} /> {channel.name}{' '}
            {isOwn(draft, channel.id) && <span class="edited">edited</span>} <Trouble count={countsOf(problems, channel.id).blocking} />
          </label>
          <div class="panel"><ChannelPanel channel={channel} state={state} problems={problems} /></div>
        </Fragment>
      ))}
      <KeptOptions state={state} />
    </fieldset>
  );
}

/** What was chosen for channels that are switched off now: it comes back with them. */
function KeptOptions({ state: { draft, data } }: { state: ComposerState }) {
  const off = data.channels.filter((channel) => !isChosen(draft, channel));
  return (
    <>
      {off.flatMap(({ id }) => Object.entries(draft.options[id] ?? {}).map(([name, value]) => <input type="hidden" name={`option.${id}.${name}`} value={value} key={`${id} ${name}`} />))}
      {off.flatMap(({ id }) => (draft.own[id] ?? []).flatMap(({ text, media }, n) => [
        ...(n === 0 ? [<input type="hidden" name={`own.${id}`} value="on" />] : []),
        <input type="hidden" name={`own.${id}.part.${n}`} value={text} />,
        ...media.flatMap(({ mediaId, on }) => [
          <input type="hidden" name={`own.${id}.part.${n}.order`} value={mediaId} />,
          ...(on ? [<input type="hidden" name={`own.${id}.part.${n}.media`} value={mediaId} />] : []),
        ]),
      ]))}
    </>
  );
}

/** Who else is here, and whether the ground has moved. */
function Company({ kept, zone }: { kept: KeptState | null; zone: string }) {
  if (kept === null || kept === 'failed') return null;
  const { others, savedMeanwhile } = kept;
  return (
    <>
      {savedMeanwhile !== null && <p class="flash refusal" role="alert">Somebody else saved this post at {clockText(savedMeanwhile, zone)}. Open it in another tab and copy over what you need; yours cannot be saved over theirs.</p>}
      {others.length > 0 && <p class="flash" role="status">{listText(others)} {others.length === 1 ? 'is' : 'are'} writing on this post too.</p>}
    </>
  );
}

function keptText(kept: KeptState | null, zone: string): string {
  if (kept === null) return '';
  return kept === 'failed' ? 'Not kept: Post Master cannot be reached. It is tried again; leave this page open.' : `Kept at ${clockText(kept.at, zone)}, not saved yet.`;
}

interface BarProps {
  draft: Draft;
  kept: KeptState | null;
  problems: readonly Problem[];
  uploading: boolean;
  declarations: readonly Field[];
  /** What must be decided before anything can be sent. */
  stop: Problem | undefined;
}

function Bar({ draft, problems, kept, uploading, declarations, stop }: BarProps) {
  const send = { disabled: stop !== undefined, title: stop?.message };
  return (
    <div class="composer-bar">
      <div class="field when">
        <label for={fieldId('wall')}>When <span class="handle">{placeOf(draft.zone)} time</span></label>
        <div class="when-row">
          <input type="datetime-local" name="at" value={draft.wall} {...inputProps('wall', problems)} />
          <button class="button quiet small" name="intent" value="next_free">Next free minute</button>
        </div>
        <p class="in-words">{wallText(draft.wall, draft.zone)}</p>
        <Beside field="wall" problems={problems} />
      </div>
      <div class="buttons">
        {declarations.length > 0 && <div class="declarations">{declarations.map((field) => <p class="help"><Linked field={field} /></p>)}</div>}
        <button class="button quiet" name="intent" value="draft">Save draft</button>
        <button class="button quiet" name="intent" value="now" {...send}>Publish now</button>
        <button class="button primary" name="intent" value="schedule" {...send}>Schedule</button>
      </div>
      <p class="help saved" role="status">{uploading ? 'Files are being sent. They go along when they are there.' : keptText(kept, draft.zone)}</p>
    </div>
  );
}
