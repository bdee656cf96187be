import { Fragment } from 'preact';
import type { MediaFacts } from '../../../../domain/media.ts';
import { previewTexts as t } from '../../../../domain/texts/writing/preview.ts';
import { classOf, placed } from './grid.ts';
import type { Shown, ShownPart } from './post.ts';

type Seen = Pick<Shown, 'shape' | 'veiled' | 'cover'> & { open: boolean };

/** The files of a part, as the network puts them together. */
export function Files({ part: { media }, shown }: { part: Pick<ShownPart, 'media'>; shown: Seen }) {
  const { as, cells, more, ratio, count } = placed(media, shown.shape.grid);
  if (cells.length === 0) return null;
  return (
    <div
      class={['shown-media', as, count, ratio, ...(shown.veiled ? ['veiled'] : [])].filter(Boolean).join(' ')}
      // What can be pushed along must be within reach of the keyboard.
      {...(as === 'strip' && { tabIndex: 0, role: 'group', 'aria-label': t.strip })}
    >
      {cells.map((one, n) => (
        <div class="shown-cell" key={one.mediaId}>
          <File one={one} shown={shown} />
          {more > 0 && n === cells.length - 1 && <span class="more-media">{t.moreFiles(more)}</span>}
        </div>
      ))}
      {as === 'carousel' && <Leaves all={media.length} />}
      {shown.veiled && <span class="veil">{t.hidden}</span>}
    </div>
  );
}

/** A whole screen: the first file fills it, as far as its shape allows. `children` stand over it. */
export function Screen({ part: { media }, shown, children }: { part: Pick<ShownPart, 'media'>; shown: Seen; children: preact.ComponentChildren }) {
  const [first] = media;
  const frame = shown.shape.grid.whole ?? 9 / 16;
  return (
    <div class={`shown-frame ${nameOf(frame)}${first && !fills(first, frame) ? ' bars' : ''}`}>
      {first ? <File one={first} shown={shown} bare key={first.mediaId} /> : <p class="frame-empty">{t.mediaHere}</p>}
      {first?.kind === 'video' && <span class="play-sign" aria-hidden="true" />}
      {media.length > 1 && <Leaves all={media.length} />}
      {children}
    </div>
  );
}

/** Where the file will be, while there is none and the network cannot do without. */
export function EmptyPlace({ ratio }: { ratio: number }) {
  return <div class={`shown-media single place ${classOf(ratio)}`}><p class="frame-empty">{t.mediaHere}</p></div>;
}

/** That there are more to leaf through: which one this is, and a dot for each of the first few. */
function Leaves({ all }: { all: number }) {
  return (
    <Fragment>
      <span class="leaf-count">{t.ofFiles(1, all)}</span>
      <span class="leaf-dots" aria-hidden="true">{Array.from({ length: Math.min(all, 7) }, (_, n) => <i class={n === 0 ? 'on' : ''} />)}</span>
    </Fragment>
  );
}

/** `bare`: a player's own controls would hide what stands over the screen. */
function File({ one, shown: { cover, open }, bare = false }: { one: MediaFacts; shown: Seen; bare?: boolean }) {
  const { kind, mediaId, alt, width, height } = one;
  if (kind === 'image') return <img src={`/media/${mediaId}/thumb`} alt={alt} width={width} height={height} draggable={false} />;
  // The tile of a video without a still has words of its own, which would stand below those of the screen.
  const poster = cover !== null ? `/media/${cover}/thumb` : bare && one.posterAt === undefined ? undefined : stillOf(one);
  return (
    <video
      src={`/media/${mediaId}`} {...(poster !== undefined && { poster })} controls={!bare} preload={open ? 'metadata' : 'none'} playsInline width={width} height={height}
      {...(alt && { 'aria-label': alt })} {...(bare && { 'data-plays': '' })}
    />
  );
}

/** The still of a file; another one has another address, so that a browser does not show the old one. */
export function stillOf({ mediaId, posterAt }: { mediaId: string; posterAt?: number }): string {
  return `/media/${mediaId}/thumb${posterAt === undefined ? '' : `?still=${posterAt}`}`;
}

/** Whether it can fill a frame without bars: what is nearly of its shape is cut a little. */
function fills({ width, height }: MediaFacts, frame: number): boolean {
  return Math.abs(Math.log(width / height / frame)) < 0.12;
}

function nameOf(ratio: number): string {
  return ratio < 0.7 ? 'tall' : ratio < 0.95 ? 'portrait' : ratio < 1.2 ? 'square' : 'wide';
}
