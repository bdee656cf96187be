import type { Problem } from '../../domain/limits.ts';
import { imageTypes, videoTypes } from '../../domain/media.ts';
import { keepDays } from '../../domain/promise/retention.ts';
import { mediaTexts as t } from '../../domain/texts/writing/media.ts';
import { sizeText } from '../../domain/units.ts';
import { pictureBounds } from '../../media/probe.ts';
import { videoBounds } from '../../media/video.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { FieldProblems } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, MenuLink } from '../ui/menu.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { FilesForm } from './chosen.tsx';
import { Tiles, type Shelf } from './tile.tsx';

/** What the library is looked through for, as the address says it. */
export interface Looked {
  words: string;
  kind: 'image' | 'video' | null;
  unused: boolean;
  labelId: string | null;
}

export interface LibraryProps {
  looked: Looked;
  shelf: Shelf;
  totals: { files: number; bytes: number };
  /** How many bytes the plan has room for; null where nothing limits them. */
  room: number | null;
  next: string | null;
  csrf: string;
  /** The page's own address. */
  here: string;
  editor: boolean;
  problems: readonly Problem[];
}

const kinds = [['', t.all], ['image', t.pictures], ['video', t.videos], ['unused', t.unused]] as const;

export function Library({ looked, shelf, totals, room, next, csrf, here, editor, problems }: LibraryProps) {
  const chosen = looked.unused ? 'unused' : (looked.kind ?? '');
  const narrowed = looked.words !== '' || chosen !== '' || looked.labelId !== null;
  const label = shelf.labels.find(({ id }) => id === looked.labelId);
  const tabs = kinds.map(([value, words]) => ({ href: addressOf({ ...looked, kind: value === 'image' || value === 'video' ? value : null, unused: value === 'unused' }), label: words }));
  return (
    <>
      <PageHead title={t.title} beside={<StorageUsed totals={totals} room={room} />} />
      {editor && <Adding csrf={csrf} problems={problems} bare={totals.files === 0} />}
      {totals.files === 0 && !editor && <Empty>{t.noneReader}</Empty>}
      {totals.files > 0 && (
        <div class="library-bar">
          <Tabs label={t.which} tabs={tabs} current={tabs[kinds.findIndex(([value]) => value === chosen)]?.href ?? ''} />
          {shelf.labels.length > 0 && (
            <div class="filters">
              <Menu label={t.label} chosen={label?.name ?? null}>
                <MenuLink href={addressOf({ ...looked, labelId: null })} current={!label}>{t.anyLabel}</MenuLink>
                {shelf.labels.map((one) => <MenuLink href={addressOf({ ...looked, labelId: one.id })} current={one.id === looked.labelId}><span class={`label label-${one.color}`}>{one.name}</span></MenuLink>)}
              </Menu>
            </div>
          )}
          <form method="get" action="/media" class="search" role="search">
            {chosen !== '' && <input type="hidden" name="kind" value={chosen} />}
            {looked.labelId !== null && <input type="hidden" name="label" value={looked.labelId} />}
            <label class="visually-hidden" for="library-search">{t.searchHelp}</label>
            <input type="search" name="q" id="library-search" value={looked.words} placeholder={t.searchHelp} />
            <Button>{t.search}</Button>
          </form>
        </div>
      )}
      {shelf.media.length === 0 && narrowed && <Empty action={<a href="/media">{t.showAll}</a>}>{t.nothingFits}</Empty>}
      {shelf.media.length > 0 && <FilesForm csrf={csrf} here={here} labels={shelf.labels} editor={editor}><Tiles shelf={shelf} pick={editor} /></FilesForm>}
      {next && <p class="section-more"><ButtonLink href={addressOf(looked, next)}>{t.earlier}</ButtonLink></p>}
    </>
  );
}

/** How much is kept, and of how much room where a plan says so. */
function StorageUsed({ totals: { files, bytes }, room }: Pick<LibraryProps, 'totals' | 'room'>) {
  if (room === null) return <p class="help storage-used">{t.used(files, sizeText(bytes))}</p>;
  const part = Math.min(1, room === 0 ? 1 : bytes / room);
  return (
    <p class={part > 0.9 ? 'help storage-used needs-you' : 'help storage-used'}>
      {t.usedOf(files, sizeText(bytes), sizeText(room))} <progress value={part} max={1} aria-label={t.room(Math.round(part * 100))} />
    </p>
  );
}

/** Where files come in: a place to drop them, which is a plain form where no script runs. */
function Adding({ csrf, problems, bare }: { csrf: string; problems: readonly Problem[]; bare: boolean }) {
  return (
    <Form action="/media" csrf={csrf} files class={bare ? 'upload bare' : 'upload'}>
      {bare && <p class="lead">{t.none}</p>}
      <div data-uploads data-csrf={csrf}>
        <label class="file"><span><Icon name="upload" />{t.add}</span><input type="file" name="media" accept={[...imageTypes, ...videoTypes].join(',')} multiple /></label>{' '}
        <span class="drop-words help">{t.drop}</span>
      </div>
      <Button class="no-script">{t.upload}</Button>
      <p class="help">{t.takes(sizeText(pictureBounds.bytes), sizeText(videoBounds.bytes))} {t.kept(keepDays('content', 'published'))}</p>
      <FieldProblems field="media" problems={problems} />
    </Form>
  );
}

export function addressOf({ words, kind, unused, labelId }: Looked, before?: string): string {
  const query = new URLSearchParams({
    ...(words && { q: words }), ...(unused ? { kind: 'unused' } : kind && { kind }), ...(labelId !== null && { label: labelId }), ...(before && { before }),
  }).toString();
  return query ? `/media?${query}` : '/media';
}
