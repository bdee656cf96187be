import type { Label } from '../../domain/posts/label.ts';
import type { Problem } from '../../domain/limits.ts';
import { imageTypes, isVideo } from '../../domain/media.ts';
import { incomingTexts } from '../../domain/texts/writing/files.ts';
import { labelTexts } from '../../domain/texts/writing/labels.ts';
import { mediaTexts as t } from '../../domain/texts/writing/media.ts';
import type { Media } from '../../store/media.ts';
import { stillOf } from '../composer/view/preview/files.tsx';
import { LabelChecks } from '../labels/post-labels.tsx';
import { LabelWords } from '../ui/badge.tsx';
import { ActionButton, Button, ButtonLink } from '../ui/button.tsx';
import { Field, inputProps, TextAreaField, TextField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';
import type { View } from '../page.tsx';
import { PostRow } from '../posts/list.tsx';
import { SaidVideo } from '../posts/post-page.tsx';
import type { PostView } from '../posts/view.ts';
import { factsText } from './tile.tsx';

export interface AboutProps {
  file: Media;
  /** What was typed, where it was refused. */
  typed: { name: string; alt: string } | null;
  posts: readonly PostView[];
  /** How many posts in the bin use it. */
  binned: number;
  labels: { all: readonly Label[]; own: readonly string[] };
  page: View;
  mayChange: boolean;
  problems: readonly Problem[];
}

/** Everything about one file: what it shows, what it is called, where it is used. */
export function About({ file, typed, posts, binned, labels, page: { csrf, workspace }, mayChange, problems }: AboutProps) {
  const { id, type, createdAt, animated } = file;
  const { name, alt } = typed ?? file;
  const picture = !isVideo(type);
  return (
    <>
      <PageHead title={<span class="file-title">{file.name}</span>}>
        {mayChange && <ButtonLink kind="primary" href={`/posts/new?media=${id}`}>{t.use}</ButtonLink>}
        <ButtonLink href={`/media/${id}`} download={file.name}>{t.download}</ButtonLink>
        {mayChange && picture && !animated && <ButtonLink href={`/media/${id}/crop`}>{t.crop}</ButtonLink>}
        {mayChange && posts.length + binned === 0 && <ActionButton action={`/media/${id}/delete`} csrf={csrf} kind="danger">{t.delete}</ActionButton>}
      </PageHead>
      <div class="file-columns">
        <figure class="file-shown">
          {picture ? <a href={`/media/${id}`} {...(file.alt === '' && { 'aria-label': t.open })}><img src={`/media/${id}`} alt={file.alt} /></a> : <SaidVideo mediaId={id} alt={file.alt} posterAt={file.posterAt} />}
          <figcaption class="help">{rich(t.addedAt, { facts: factsText(file), day: <Time at={createdAt} zone={workspace.zone} /> })}</figcaption>
        </figure>
        <div>
          {mayChange && (
            <Form action={`/media/${id}/describe`} csrf={csrf}>
              <TextField name="name" label={t.name} value={name} problems={problems} required />
              <TextAreaField name="alt" label={t.description} help={t.descriptionHelp} value={alt} problems={problems} />
              <Button kind="primary">{t.save}</Button>
            </Form>
          )}
          <FileLabels id={id} labels={labels} csrf={csrf} mayChange={mayChange} />
          {mayChange && !picture && (
            <Form action={`/media/${id}/poster`} csrf={csrf} files class="poster-form">
              <Field name="poster" label={incomingTexts.posterTitle} help={incomingTexts.posterHelp} problems={problems}>
                <img class="poster-now" src={stillOf({ mediaId: id, ...(file.posterAt !== null && { posterAt: file.posterAt }) })} alt="" width={160} />
                <input type="file" name="poster" accept={imageTypes.join(',')} required {...inputProps('poster', problems)} />
              </Field>
              <Button>{incomingTexts.posterButton}</Button>
            </Form>
          )}
          {mayChange && picture && !animated && <Shrink file={file} csrf={csrf} problems={problems} />}
        </div>
      </div>
      <section>
        <h2>{t.whereUsed}</h2>
        {posts.length + binned === 0 && <p class="help">{t.nowhere}</p>}
        {posts.length > 0 && <ul class="rows">{posts.map((view) => <PostRow view={view} zone={workspace.zone} editor={mayChange} />)}</ul>}
        {binned > 0 && <p class="help">{rich(t.inBin(binned), { bin: (words) => <a href="/posts?show=deleted">{words}</a> })}</p>}
        {posts.length > 0 && <p class="help">{t.usedStays}</p>}
      </section>
    </>
  );
}

function FileLabels({ id, labels: { all, own }, csrf, mayChange }: Pick<AboutProps, 'labels' | 'mayChange'> & { id: string; csrf: string }) {
  if (!mayChange) return <LabelWords labels={all.filter((label) => own.includes(label.id))} />;
  return (
    <fieldset class="file-labels">
      <legend>{t.labels}</legend>
      {all.length === 0 ? <p class="help">{rich(labelTexts.none, { first: (words) => <a href="/labels">{words}</a> })}</p> : (
        <Form action={`/media/${id}/labels`} csrf={csrf}>
          <div class="label-checks"><LabelChecks all={all} own={own} name="label" /></div>
          <Button small>{t.saveLabels}</Button>
        </Form>
      )}
    </fieldset>
  );
}

function Shrink({ file: { id, width, height }, csrf, problems }: { file: Media; csrf: string; problems: readonly Problem[] }) {
  const longer = Math.max(width, height);
  return (
    <details class="shrink" open={problems.some(({ field }) => field === 'side')}>
      <summary>{t.shrink}</summary>
      <Form action={`/media/${id}/shrink`} csrf={csrf}>
        <Field name="side" label={t.side} problems={problems}>
          <input type="number" name="side" min={16} max={longer - 1} value={Math.min(1080, Math.max(16, Math.round(longer / 2)))} required {...inputProps('side', problems)} />
        </Field>
        <Button>{t.shrinkNow}</Button>
      </Form>
    </details>
  );
}
