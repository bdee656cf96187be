import type { Problem } from '../../domain/limits.ts';
import { imageTypes, isVideo } from '../../domain/media.ts';
import { incomingTexts } from '../../domain/texts/pages/files.ts';
import { durationText, sizeText } from '../../domain/units.ts';
import type { Media } from '../../store/media.ts';
import { stillOf } from '../composer/view/preview/files.tsx';
import { ActionButton, Button } from '../ui/button.tsx';
import { FieldProblems, fieldId, inputProps, TextField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';
import type { View } from '../page.tsx';
import { PostRow } from '../posts/list.tsx';
import { SaidVideo } from '../posts/post-page.tsx';
import type { PostView } from '../posts/view.ts';

export interface AboutProps {
  file: Media;
  /** What was typed, where it was refused. */
  typed: { name: string; alt: string } | null;
  posts: readonly PostView[];
  page: View;
  mayChange: boolean;
  problems: readonly Problem[];
}

/** Everything about one file: what it shows, what it is called, where it is used. */
export function About({ file, typed, posts, page: { csrf, workspace }, mayChange, problems }: AboutProps) {
  const { id, type, width, height, durationMs, bytes, createdAt, animated } = file;
  const { name, alt } = typed ?? file;
  const picture = !isVideo(type);
  return (
    <>
      <div class="page-head">
        <h1 class="file-title">{file.name}</h1>
        <div class="buttons">
          {mayChange && <a class="button primary" href={`/posts/new?media=${id}`}>Use it in a new post</a>}
          <a class="button" href={`/media/${id}`} download={file.name}>Download</a>
          {mayChange && picture && !animated && <a class="button" href={`/media/${id}/crop`}>Crop</a>}
          {mayChange && posts.length === 0 && <ActionButton action={`/media/${id}/delete`} csrf={csrf} kind="danger">Delete</ActionButton>}
        </div>
      </div>
      <div class="file-columns">
        <figure class="file-shown">
          {picture ? <a href={`/media/${id}`}><img src={`/media/${id}`} alt={file.alt} /></a> : <SaidVideo mediaId={id} alt={file.alt} posterAt={file.posterAt} />}
          <figcaption class="help">{width} × {height}{durationMs !== null && `, ${durationText(durationMs)}`}, {sizeText(bytes)}. Added <Time at={createdAt} zone={workspace.zone} />.</figcaption>
        </figure>
        <div>
          {mayChange && (
            <Form action={`/media/${id}/describe`} csrf={csrf}>
              <TextField name="name" label="Name" value={name} problems={problems} required />
              <div class="field">
                <label for={fieldId('alt')}>Description</label>
                <p class="help">What is to be seen, for people who cannot see it. New posts with this file begin with it.</p>
                <textarea name="alt" rows={4} value={alt} {...inputProps('alt', problems)} />
                <FieldProblems field="alt" problems={problems} />
              </div>
              <button class="button primary">Save</button>
            </Form>
          )}
          {mayChange && !picture && (
            <Form action={`/media/${id}/poster`} csrf={csrf} files class="poster-form">
              <div class="field">
                <label for={fieldId('poster')}>{incomingTexts.posterTitle}</label>
                <p class="help">{incomingTexts.posterHelp}</p>
                <img class="poster-now" src={stillOf({ mediaId: id, ...(file.posterAt !== null && { posterAt: file.posterAt }) })} alt="" width={160} />
                <input type="file" name="poster" accept={imageTypes.join(',')} required {...inputProps('poster', problems)} />
              </div>
              <Button>{incomingTexts.posterButton}</Button>
            </Form>
          )}
          {mayChange && picture && !animated && (
            <details class="shrink" open={problems.some(({ field }) => field === 'side')}>
              <summary>Make a smaller copy</summary>
              <Form action={`/media/${id}/shrink`} csrf={csrf}>
                <div class="field">
                  <label for={fieldId('side')}>Pixels on the longer side</label>
                  <input type="number" name="side" min={16} max={Math.max(width, height) - 1} value={Math.min(1080, Math.max(16, Math.round(Math.max(width, height) / 2)))} required {...inputProps('side', problems)} />
                  <FieldProblems field="side" problems={problems} />
                </div>
                <button class="button">Make it</button>
              </Form>
            </details>
          )}
        </div>
      </div>
      <section>
        <h2>Where it is used</h2>
        {posts.length === 0 ? <p class="help">In no post yet.</p> : <ul class="rows">{posts.map((view) => <PostRow view={view} zone={workspace.zone} />)}</ul>}
        {posts.length > 0 && <p class="help">A file that a post uses cannot be deleted. Take it out of the post first.</p>}
      </section>
    </>
  );
}
