import { Fragment } from 'preact';
import type { Field } from '../../../domain/field.ts';
import type { Problem } from '../../../domain/limits.ts';
import { composerTexts as t } from '../../../domain/texts/writing/composer.ts';
import { LabelChecks } from '../../labels/post-labels.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { rich } from '../../words/rich.tsx';
import { clockText } from '../../words/time.tsx';
import { listText } from '../../words/words.ts';
import { ChannelRow, Trouble } from './channels.tsx';
import { countsOf, isOwn, problemsOf, stopsOf } from '../model/check.ts';
import { chosenOf, declarationsOf, isChosen, type ComposerState, type KeptState } from '../model/data.ts';
import { Linked } from './field.tsx';
import type { Draft } from '../model/draft.ts';
import { PartFields } from './part.tsx';
import { Previews } from './preview.tsx';
import { KeepMine, Problems, Refusal } from './problems.tsx';
import { ChannelPanel } from './version.tsx';
import { When } from './when.tsx';

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
      {/* Enter in a field presses the form's first button: this one, which changes nothing. */}
      <button class="visually-hidden" name="intent" value="refresh" tabIndex={-1} aria-hidden="true">{t.lookAgain}</button>
      <h1>{draft.postId ? t.editPost : t.newPost}</h1>
      <Refusal refused={state.refused} problems={problems} editing={draft.postId !== null} />
      <input type="hidden" name="autosave" value={state.autosave} />
      {draft.postId !== null && <input type="hidden" name="post" value={draft.postId} />}
      <Held kept={state.kept} held={state.held} />
      <Company kept={state.kept} draft={draft} />
      <input type="hidden" name="zone" value={draft.zone} />
      {draft.version !== null && <input type="hidden" name="version" value={draft.version} />}
      <ChannelRow state={state} problems={problems} />
      <div class="composer-columns">
        <Versions state={state} problems={problems} />
        <aside class="beside" aria-label={t.beside}>
          <Problems problems={problems} labelOf={labelOf} />
          {chosen.length > 0 && <h2>{t.preview}</h2>}
          <Previews state={state} problems={problems} />
          <LabelField state={state} />
        </aside>
      </div>
      <Bar
        state={state} problems={problems} uploading={state.uploads.some(({ failed }) => failed === null)}
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
      <legend>{t.labels}</legend>
      <LabelChecks all={data.labels} own={draft.labels} name="label" />
    </fieldset>
  );
}

/** With more tabs than this each shows its face, and only the one that is open its name. */
const roomForNames = 2;

/** One tab for all and one for each chosen channel; radio buttons, so that they turn without a script. */
function Versions({ state, problems }: { state: ComposerState; problems: readonly Problem[] }) {
  const { draft } = state;
  const chosen = chosenOf(state);
  const open = chosen.find(({ id }) => id === draft.tab)?.id ?? 'all';
  return (
    <fieldset class={chosen.length > roomForNames ? 'tabbed writing many' : 'tabbed writing'}>
      <legend class="visually-hidden">{t.versions}</legend>
      <input type="radio" class="tab-radio visually-hidden" name="tab" value="all" id="tab-all" checked={open === 'all'} />
      <label class="tab" for="tab-all">{t.all} <Trouble count={countsOf(problems, 'all').blocking} /></label>
      <div class="panel">
        {draft.parts.map((_, n) => <PartFields n={n} state={state} problems={problems} />)}
        <Button kind="quiet" name="intent" value="add_part">{t.addPart}</Button>
      </div>
      {chosen.map((channel) => (
        <Fragment key={channel.id}>
          <input type="radio" class="tab-radio visually-hidden" name="tab" value={channel.id} id={`tab-${channel.id}`} checked={open === channel.id} />
          <label class="tab" for={`tab-${channel.id}`} title={channel.name}>
            <Avatar channel={channel} /> <span class="tab-name">{channel.name}</span>{' '}
            {isOwn(draft, channel.id) && <span class="edited">{t.edited}</span>} <Trouble count={countsOf(problems, channel.id).blocking} />
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

/** Why nothing can be kept or sent right now; what is written stays where it is. */
function Held({ kept, held }: Pick<ComposerState, 'kept' | 'held'>) {
  if (typeof kept !== 'string' || (kept === 'failed' && !held)) return null;
  return (
    // Where a press was held back the focus comes here: it is said once.
    <p class="flash refusal" id="held" role={held ? undefined : 'alert'} tabIndex={-1}>
      {kept === 'logged_out' ? rich(t.loggedOut, { way: (words) => <a href="/login" target="_blank">{words}</a> }) : heldWords[kept]}
    </p>
  );
}

const heldWords = { failed: t.notSent, elsewhere: t.elsewhere, not_allowed: t.notAllowed, gone: t.gone };

/** Who else is here, and whether the ground has moved. */
function Company({ kept, draft: { postId, zone } }: { kept: KeptState | null; draft: Draft }) {
  if (kept === null || typeof kept === 'string') return null;
  const { others, savedMeanwhile } = kept;
  return (
    <>
      {savedMeanwhile !== null && (
        <p class="flash refusal" role="alert">
          {rich(t.savedMeanwhile(clockText(savedMeanwhile, zone)), { theirs: (words) => <a href={`/posts/${postId ?? ''}`} target="_blank">{words}</a> })} <KeepMine />
        </p>
      )}
      {others.length > 0 && <p class="flash" role="status">{t.writingToo(listText(others), others.length)}</p>}
    </>
  );
}

function keptText(kept: KeptState | null, zone: string): string {
  if (kept === null) return '';
  if (typeof kept !== 'string') return t.kept(clockText(kept.at, zone));
  return kept === 'failed' ? t.notKept : '';
}

interface BarProps {
  state: ComposerState;
  problems: readonly Problem[];
  uploading: boolean;
  declarations: readonly Field[];
  /** What must be decided before anything can be sent. */
  stop: Problem | undefined;
}

function Bar({ state, problems, uploading, declarations, stop }: BarProps) {
  const send = { disabled: stop !== undefined, title: stop?.message };
  return (
    <div class="composer-bar">
      <When state={state} problems={problems} />
      <div class="buttons">
        {declarations.length > 0 && <div class="declarations">{declarations.map((field) => <p class="help"><Linked field={field} /></p>)}</div>}
        <Button kind="quiet" name="intent" value="draft">{t.saveDraft}</Button>
        <Button kind="quiet" name="intent" value="now" {...send}>{t.publishNow}</Button>
        <Button kind="primary" name="intent" value="schedule" {...send}>{t.schedule}</Button>
      </div>
      <p class={state.kept === 'failed' && !uploading ? 'help saved trouble-said' : 'help saved'} role="status">{uploading ? t.filesUnderWay : keptText(state.kept, state.draft.zone)}</p>
    </div>
  );
}
