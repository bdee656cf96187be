import type { Preview } from '../../actions/portability/ask-import.ts';
import type { Problem } from '../../domain/limits.ts';
import { sizeText } from '../../domain/units.ts';
import { leavingTexts as t } from '../../domain/texts/people/leaving.ts';
import type { Registry } from '../../providers/index.ts';
import type { Channel } from '../../store/channels.ts';
import type { Import } from '../../store/privacy/imports.ts';
import type { View } from '../page.tsx';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { CheckField, Field, inputProps } from '../ui/field.tsx';
import { SelectField } from '../ui/select.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';
import { rich } from '../words/rich.tsx';

export function ImportPage({ view: { csrf, workspace }, latest, problems }: { view: View; latest: readonly Import[]; problems: readonly Problem[] }) {
  return (
    <>
      <p class="lead">{t.importLead(workspace.name)}</p>
      <ul class="bullets">
        <li>{t.importDrafts}</li>
        <li>{t.importMedia}</li>
        <li>{t.importPreview}</li>
      </ul>
      <Form action="/settings/import" csrf={csrf} files>
        <Field name="archive" label={t.archive} problems={problems}>
          <input type="file" name="archive" accept=".zip,application/zip" {...inputProps('archive', problems)} />
        </Field>
        <Button kind="primary">{t.lookInside}</Button>
      </Form>
      {latest.length > 0 && (
        <section>
          <h2>{t.before}</h2>
          <ul class="rows">{latest.map(({ id, createdAt, state }) => <li class="row"><a class="row-text" href={`/settings/import/${id}`}>{stateWords[state]}</a><span class="row-time"><Time at={createdAt} zone={workspace.zone} /></span></li>)}</ul>
        </section>
      )}
    </>
  );
}

const stateWords = { shown: t.stateShown, running: t.stateRunning, done: t.stateDone, failed: t.stateFailed } as const;

export function ImportPreview({ view: { csrf }, id, preview, channels, providers, problems }: {
  view: View; id: string; preview: Preview; channels: readonly Channel[]; providers: Registry; problems: readonly Problem[];
}) {
  const { instance, drafts, scheduled, published, files, fileBytes, known } = preview;
  return (
    <>
      <p class="lead">{rich(t.previewLead, { instance, time: <time dateTime={preview.madeAt}>{preview.madeAt.slice(0, 10)}</time> })}</p>
      <ProblemList problems={problems} />
      <dl class="ledger">
        <Row what={t.drafts} count={drafts} note={t.draftsNote} />
        <Row what={t.scheduled} count={scheduled} note={t.scheduledNote} />
        <Row what={t.published} count={published} note={t.publishedNote} />
        <Row what={t.files} count={files} note={sizeText(fileBytes)} />
        {known.posts + known.files > 0 && <Row what={t.known} count={known.posts + known.files} note={t.knownNote} />}
      </dl>
      <Form action={`/settings/import/${id}`} csrf={csrf}>
        {preview.channels.length > 0 && (
          <fieldset class="matching">
            <legend>{t.channels}</legend>
            {preview.channels.map(({ theirs, provider, name, handle, match }) => {
              const same = channels.filter((channel) => channel.provider === provider && channel.connectionStatus !== 'revoked');
              return (
                <SelectField
                  name={`channel.${theirs}`} problems={problems} value={match ?? ''}
                  label={[name, providers.get(provider)?.name ?? provider, handle].filter(Boolean).join(' · ')}
                  options={[{ value: '', label: same.length === 0 ? t.leftOpenNone : t.leftOpen }, ...same.map((channel) => ({ value: channel.id, label: channel.handle ? `${channel.name} (${channel.handle})` : channel.name }))]}
                />
              );
            })}
          </fieldset>
        )}
        {published > 0 && <CheckField name="published" label={t.alsoPublished} help={t.alsoPublishedHelp} checked={false} problems={problems} />}
        <Buttons><Button kind="primary">{t.takeIn}</Button><ButtonLink kind="quiet" href="/settings/import">{t.notThisOne}</ButtonLink></Buttons>
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
      <p class="lead">{stateWords[state]}{endedAt !== null && <> · <Time at={endedAt} zone={workspace.zone} /></>}</p>
      {state === 'running' && <p>{rich(t.progress, { progress: <progress max={Math.max(total, 1)} value={done} aria-label={t.far} />, done: done.toLocaleString('en'), total: total.toLocaleString('en'), again: (words) => <a href={`/settings/import/${id}`}>{words}</a> })}</p>}
      {problems.length > 0 && <section class="problems"><h2>{t.notBroughtIn}</h2><ul>{problems.map((one) => <li>{one}</li>)}</ul></section>}
      {state === 'done' && <p><ButtonLink kind="primary" href="/posts?show=draft">{t.seeDrafts}</ButtonLink></p>}
      {state === 'failed' && <p><ButtonLink href="/settings/import">{t.bringAgain}</ButtonLink></p>}
    </>
  );
}
