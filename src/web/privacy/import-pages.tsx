import type { Preview } from '../../actions/portability/ask-import.ts';
import type { Problem } from '../../domain/limits.ts';
import { sizeText } from '../../domain/units.ts';
import type { Registry } from '../../providers/index.ts';
import type { Channel } from '../../store/channels.ts';
import type { Import } from '../../store/privacy/imports.ts';
import type { View } from '../page.tsx';
import { CheckField, FieldProblems, fieldId, inputProps } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';

export function ImportPage({ view: { csrf, workspace }, latest, problems }: { view: View; latest: readonly Import[]; problems: readonly Problem[] }) {
  return (
    <>
      <p class="lead">From a copy of a workspace that another Post Master made (Settings, Privacy, “Copy of this workspace”). It comes into {workspace.name}.</p>
      <ul class="bullets">
        <li>Posts come in as drafts. Scheduled ones keep their time as a proposal and wait for you to schedule them: two instances must never publish the same post.</li>
        <li>Media come in with their descriptions. Channels are matched to those that are connected here; access is never in an archive.</li>
        <li>You see what would come in before anything does. The same archive twice doubles nothing.</li>
      </ul>
      <Form action="/settings/import" csrf={csrf} files>
        <div class="field">
          <label for={fieldId('archive')}>Archive</label>
          <input type="file" name="archive" accept=".zip,application/zip" {...inputProps('archive', problems)} />
          <FieldProblems field="archive" problems={problems} />
        </div>
        <button class="button primary">Look inside</button>
      </Form>
      {latest.length > 0 && (
        <section>
          <h2>Brought in before</h2>
          <ul class="rows">{latest.map(({ id, createdAt, state }) => <li class="row"><a class="row-text" href={`/settings/import/${id}`}>{stateWords[state]}</a><span class="row-time"><Time at={createdAt} zone={workspace.zone} /></span></li>)}</ul>
        </section>
      )}
    </>
  );
}

const stateWords = { shown: 'Looked at, not taken in', running: 'Being taken in', done: 'Taken in', failed: 'Could not be taken in' } as const;

export function ImportPreview({ view: { csrf }, id, preview, channels, providers, problems }: {
  view: View; id: string; preview: Preview; channels: readonly Channel[]; providers: Registry; problems: readonly Problem[];
}) {
  const { instance, drafts, scheduled, published, files, fileBytes, known } = preview;
  return (
    <>
      <p class="lead">From {instance}, made <time dateTime={preview.madeAt}>{preview.madeAt.slice(0, 10)}</time>. Nothing has come in yet.</p>
      <ProblemList problems={problems} />
      <dl class="ledger">
        <Row what="Drafts" count={drafts} note="come in as drafts" />
        <Row what="Scheduled posts" count={scheduled} note="come in as drafts, each with its time as a proposal. Cancel them on the other instance before you schedule them here" />
        <Row what="Posts that are out or were tried" count={published} note="stay out, unless you choose otherwise below" />
        <Row what="Pictures and videos" count={files} note={sizeText(fileBytes)} />
        {known.posts + known.files > 0 && <Row what="Here already" count={known.posts + known.files} note="from an earlier time; they are not doubled" />}
      </dl>
      <Form action={`/settings/import/${id}`} csrf={csrf}>
        {preview.channels.length > 0 && (
          <fieldset class="matching">
            <legend>Channels</legend>
            {preview.channels.map(({ theirs, provider, name, handle, match }) => {
              const same = channels.filter((channel) => channel.provider === provider && channel.connectionStatus !== 'revoked');
              return (
                <div class="field">
                  <label for={fieldId(`channel.${theirs}`)}>{name} <span class="handle">{providers.get(provider)?.name ?? provider}{handle && ` · ${handle}`}</span></label>
                  <select name={`channel.${theirs}`} {...inputProps(`channel.${theirs}`, problems)}>
                    <option value="">{same.length === 0 ? 'Left open: no channel of this network is connected here' : 'Left open'}</option>
                    {same.map((channel) => <option value={channel.id} selected={channel.id === match}>{channel.name}{channel.handle && ` (${channel.handle})`}</option>)}
                  </select>
                  <FieldProblems field={`channel.${theirs}`} problems={problems} />
                </div>
              );
            })}
          </fieldset>
        )}
        {published > 0 && <CheckField name="published" label="Also posts that are out already, as drafts" help="Take care not to publish them once more." checked={false} problems={problems} />}
        <div class="buttons"><button class="button primary">Take it in</button><a class="button quiet" href="/settings/import">Not this one</a></div>
      </Form>
    </>
  );
}

function Row({ what, count, note }: { what: string; count: number; note: string }) {
  return <div><dt>{what}</dt><dd><ul><li><span class="count">{count.toLocaleString('en')}</span><span>{note}</span></li></ul></dd></div>;
}

export function ImportState({ view: { workspace }, row: { id, state, done, total, problems, endedAt } }: { view: View; row: Import }) {
  return (
    <>
      <p class="lead">{stateWords[state]}{endedAt !== null && <>, <Time at={endedAt} zone={workspace.zone} /></>}.</p>
      {state === 'running' && <p><progress max={Math.max(total, 1)} value={done} aria-label="How far it is" /> {done.toLocaleString('en')} of {total.toLocaleString('en')} <a href={`/settings/import/${id}`}>Look again</a></p>}
      {problems.length > 0 && <section class="problems"><h2>What could not be brought in</h2><ul>{problems.map((one) => <li>{one}</li>)}</ul></section>}
      {state === 'done' && <p><a class="button primary" href="/posts?show=draft">See the drafts</a></p>}
      {state === 'failed' && <p><a class="button" href="/settings/import">Bring it again</a></p>}
    </>
  );
}
