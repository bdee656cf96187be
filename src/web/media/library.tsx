import type { Problem } from '../../domain/limits.ts';
import { imageTypes, videoTypes } from '../../domain/media.ts';
import { keepDays } from '../../domain/retention.ts';
import { durationText, sizeText } from '../../domain/units.ts';
import { pictureBounds } from '../../media/probe.ts';
import { videoBounds } from '../../media/video.ts';
import type { Media } from '../../store/media.ts';
import { FieldProblems } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';

/** What the library is looked through for, as the address says it. */
export interface Looked {
  words: string;
  kind: 'image' | 'video' | null;
  unused: boolean;
}

export interface LibraryProps {
  looked: Looked;
  media: readonly Media[];
  usage: ReadonlyMap<string, number>;
  totals: { files: number; bytes: number };
  next: string | null;
  csrf: string;
  mayAdd: boolean;
  problems: readonly Problem[];
}

const kinds = [['', 'All'], ['image', 'Pictures'], ['video', 'Videos'], ['unused', 'Not used yet']] as const;

export function Library({ looked, media, usage, totals, next, csrf, mayAdd, problems }: LibraryProps) {
  const chosen = looked.unused ? 'unused' : (looked.kind ?? '');
  const narrowed = looked.words !== '' || chosen !== '';
  return (
    <>
      <div class="page-head">
        <h1>Media</h1>
        <nav class="tabs" aria-label="Which files">
          {kinds.map(([value, label]) => <a href={addressOf({ ...looked, kind: value === 'image' || value === 'video' ? value : null, unused: value === 'unused' })} aria-current={value === chosen ? 'page' : undefined}>{label}</a>)}
        </nav>
        <p class="help storage-used">{totals.files === 1 ? '1 file' : `${totals.files} files`}, {sizeText(totals.bytes)}</p>
      </div>
      <form method="get" action="/media" class="search" role="search">
        {looked.kind && <input type="hidden" name="kind" value={looked.kind} />}
        {looked.unused && <input type="hidden" name="kind" value="unused" />}
        <label class="visually-hidden" for="library-search">Search by name or description</label>
        <input type="search" name="q" id="library-search" value={looked.words} placeholder="Search by name or description" />
        <button class="button">Search</button>
      </form>
      {mayAdd && (
        <Form action="/media" csrf={csrf} files class="upload">
          <div data-uploads data-csrf={csrf}>
            <label class="file"><span>Add pictures or videos</span><input type="file" name="media" accept={[...imageTypes, ...videoTypes].join(',')} multiple /></label>
          </div>
          <button class="button no-script">Upload</button>
          <p class="help">
            JPEG, PNG, WebP or GIF up to {sizeText(pictureBounds.bytes)} each, MP4, MOV or WebM up to {sizeText(videoBounds.bytes)} each.
            Place and camera are taken out. A file is deleted {keepDays('content', 'published')} days after the last post with it went out.
          </p>
          <FieldProblems field="media" problems={problems} />
        </Form>
      )}
      {media.length === 0 && <p class="empty">{narrowed ? <>Nothing like this. <a href="/media">Show all files</a></> : 'Nothing yet. What you add here or to a post can be used again.'}</p>}
      <ul class="library">{media.map((file) => <Tile file={file} used={usage.get(file.id) ?? 0} />)}</ul>
      {next && <p><a class="button" href={addressOf(looked, next)}>Earlier files</a></p>}
    </>
  );
}

function Tile({ file: { id, name, alt, width, height, durationMs, bytes }, used }: { file: Media; used: number }) {
  return (
    <li>
      <a href={`/media/${id}/about`} aria-label={`About ${name}`}><img src={`/media/${id}/thumb`} alt={alt} loading="lazy" /></a>
      <p>
        <span class="name">{name}</span>
        <span class="help">{width} × {height}{durationMs !== null && `, ${durationText(durationMs)}`}, {sizeText(bytes)}</span>
        <span class="help">{used === 0 ? 'Not used yet' : used === 1 ? 'In 1 post' : `In ${used} posts`}{alt === '' && <span class="needs-words"> · no description</span>}</span>
      </p>
    </li>
  );
}

function addressOf({ words, kind, unused }: Looked, before?: string): string {
  const query = new URLSearchParams({ ...(words && { q: words }), ...(unused ? { kind: 'unused' } : kind && { kind }), ...(before && { before }) }).toString();
  return query ? `/media?${query}` : '/media';
}
