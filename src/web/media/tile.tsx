import type { Label } from '../../domain/posts/label.ts';
import { isVideo } from '../../domain/media.ts';
import { mediaTexts as t } from '../../domain/texts/writing/media.ts';
import { durationText, sizeText } from '../../domain/units.ts';
import type { Media } from '../../store/media.ts';
import { LabelWords } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';

/** Files with what stands beside them. */
export interface Shelf {
  media: readonly Media[];
  usage: ReadonlyMap<string, number>;
  /** Of each file the ids of its labels. */
  worn: ReadonlyMap<string, readonly string[]>;
  /** All labels of the workspace. */
  labels: readonly Label[];
}

interface TileProps {
  file: Media;
  /** How many posts use it. */
  used: number;
  labels: readonly Label[];
  /** True where it can be chosen. */
  pick: boolean;
  picked?: boolean;
}

/** Files side by side, the way they stand on their shelf. */
export function Tiles({ shelf: { media, usage, worn, labels }, pick, picked = false }: { shelf: Shelf; pick: boolean; picked?: boolean }) {
  return (
    <ul class="library">
      {media.map((file) => {
        const own = worn.get(file.id) ?? [];
        return <Tile file={file} used={usage.get(file.id) ?? 0} labels={labels.filter(({ id }) => own.includes(id))} pick={pick} picked={picked} />;
      })}
    </ul>
  );
}

/** A file of the library: what it shows, what it is called, where it is used. */
function Tile({ file, used, labels, pick, picked = false }: TileProps) {
  const { id, name, alt } = file;
  return (
    <li class="file-tile">
      <a href={`/media/${id}/about`} aria-label={t.about(name)}><Shown file={file} /></a>
      {pick && <label class="file-choose"><input type="checkbox" name="file" value={id} checked={picked} /><span class="visually-hidden">{t.choose(name)}</span></label>}
      <p>
        <span class="name" title={name}>{name}</span>
        <span class="help">{factsText(file)}</span>
        <span class="help">{used === 0 ? t.inNoPost : t.inPosts(used)}{alt === '' && <> · <span class="needs-words">{t.noDescription}</span></>}</span>
        <LabelWords labels={labels} />
      </p>
    </li>
  );
}

/** Of a video its first moment, which the browser draws; until it has, and where it cannot, the card that stands for it. */
function Shown({ file: { id, type, alt, durationMs } }: { file: Media }) {
  if (!isVideo(type)) return <img src={`/media/${id}/thumb`} alt={alt} loading="lazy" />;
  return (
    <>
      <video src={`/media/${id}#t=0.1`} poster={`/media/${id}/thumb`} preload="metadata" muted playsInline tabIndex={-1} aria-hidden="true" />
      <span class="file-length"><Icon name="play" />{durationMs !== null && durationText(durationMs)}</span>
    </>
  );
}

export function factsText({ width, height, durationMs, bytes }: Media): string {
  return durationMs === null ? t.facts(width, height, sizeText(bytes)) : t.factsVideo(width, height, durationText(durationMs), sizeText(bytes));
}
