import type { Problem } from '../../../domain/limits.ts';
import { imageTypes, videoTypes } from '../../../domain/media.ts';
import { durationText } from '../../../domain/units.ts';
import { fieldId, inputProps } from '../../ui/field.tsx';
import { factsFor, type ComposerState, type MediaItem, type Upload } from '../model/data.ts';
import type { OwnMedia } from '../model/draft.ts';
import { Beside } from './problems.tsx';

export const acceptedFiles = [...imageTypes, ...videoTypes].join(',');

/** The pictures and videos of a part, each with its description, in an order that buttons and dragging change. */
export function MediaList({ n, state, problems }: { n: number; state: ComposerState; problems: readonly Problem[] }) {
  const target = `part.${n}.media`;
  const media = state.draft.parts[n]?.media ?? [];
  const uploads = state.uploads.filter((upload) => upload.target === target);
  if (media.length === 0 && uploads.length === 0) return null;
  return (
    <ul class="tiles">
      {media.map((mediaId, i) => {
        const item = state.data.media[mediaId];
        const alt = factsFor(state, mediaId)?.alt ?? state.draft.alts[mediaId] ?? '';
        const field = `part.${n}.alt.${i}`;
        return (
          <li class="tile" key={mediaId} data-list={target} data-media={mediaId} draggable={media.length > 1}>
            <input type="hidden" name={target} value={mediaId} />
            <Thumb mediaId={mediaId} item={item} />
            <div class="tile-words">
              <label for={fieldId(field)}>Describe {item?.name ?? 'this file'}</label>
              <input name={`alt.${mediaId}`} value={alt} placeholder="For people who cannot see it" autoComplete="off" {...inputProps(field, problems)} />
              <Beside field={field} problems={problems} />
              {item?.facts.kind === 'video' && <Player mediaId={mediaId} />}
            </div>
            <div class="tile-tools">
              <Steps target={target} mediaId={mediaId} name={item?.name} first={i === 0} last={i === media.length - 1} />
              <button class="button quiet small" name="intent" value={`remove_media:${target}:${mediaId}`}>Remove<span class="visually-hidden"> {item?.name}</span></button>
            </div>
          </li>
        );
      })}
      {uploads.map((upload) => <UploadTile upload={upload} key={upload.id} />)}
    </ul>
  );
}

/** The files of a channel's own version: which of them it gets, and in which order. */
export function OwnMediaList({ channelId, n, media, state, problems }: {
  channelId: string; n: number; media: readonly OwnMedia[]; state: ComposerState; problems: readonly Problem[];
}) {
  const on = media.filter((one) => one.on).map(({ mediaId }) => mediaId);
  const name = `own.${channelId}.part.${n}`;
  const target = `${channelId}.part.${n}.media`;
  if (media.length === 0) return null;
  return (
    <ul class="tiles own-tiles">
      {media.map(({ mediaId, on: isOn }, i) => {
        const item = state.data.media[mediaId];
        const alt = `${channelId}.part.${n}.alt.${on.indexOf(mediaId)}`;
        // What all get is described there, once for everybody.
        const alone = !state.draft.parts.some((part) => part.media.includes(mediaId));
        return (
          <li class="tile" key={mediaId} data-list={target} data-media={mediaId} draggable={media.length > 1}>
            <input type="hidden" name={`${name}.order`} value={mediaId} />
            <label class="check">
              <input type="checkbox" name={`${name}.media`} value={mediaId} checked={isOn} {...(i === 0 && { id: fieldId(target) })} />
              <Thumb mediaId={mediaId} item={item} />
              <span>{item?.name ?? 'A file that is no longer there'}</span>
            </label>
            <div class="tile-words">
              {alone && <label for={fieldId(alt)}>Describe {item?.name ?? 'this file'}</label>}
              {alone && <input name={`alt.${mediaId}`} value={factsFor(state, mediaId)?.alt ?? ''} autoComplete="off" {...inputProps(alt, problems)} />}
              {isOn && <Beside field={alt} problems={problems} />}
            </div>
            <div class="tile-tools"><Steps target={target} mediaId={mediaId} name={item?.name} first={i === 0} last={i === media.length - 1} /></div>
          </li>
        );
      })}
    </ul>
  );
}

function Steps({ target, mediaId, name = 'this file', first, last }: { target: string; mediaId: string; name: string | undefined; first: boolean; last: boolean }) {
  if (first && last) return null;
  return (
    <>
      <button class="button quiet small step" name="intent" value={`up:${target}:${mediaId}`} disabled={first} aria-label={`Move ${name} up`}>↑</button>
      <button class="button quiet small step" name="intent" value={`down:${target}:${mediaId}`} disabled={last} aria-label={`Move ${name} down`}>↓</button>
    </>
  );
}

/** A small still of a picture or a video. It is its tile that is dragged, not the picture. */
export function Thumb({ mediaId, item }: { mediaId: string; item: MediaItem | undefined }) {
  return (
    <span class="thumb">
      <img src={`/media/${mediaId}/thumb`} alt="" width={80} height={80} loading="lazy" draggable={false} />
      {item?.facts.kind === 'video' && <span class="length">{durationText(item.facts.durationMs)}</span>}
    </span>
  );
}

function Player({ mediaId }: { mediaId: string }) {
  return (
    <details class="player">
      <summary>Watch</summary>
      <video src={`/media/${mediaId}`} controls preload="none" playsInline />
    </details>
  );
}

function UploadTile({ upload: { id, name, sent, failed } }: { upload: Upload }) {
  return (
    <li class="tile sending">
      <div class="tile-words">
        <p>{name}</p>
        {failed === null ? <progress value={sent} max={1} aria-label={`Sending ${name}`} /> : <p class="error">{failed}</p>}
      </div>
      <div class="tile-tools">
        {failed !== null && <button type="button" class="button quiet small" data-retry={id}>Try again</button>}
        <button type="button" class="button quiet small" data-cancel={id}>{failed === null ? 'Cancel' : 'Remove'}</button>
      </div>
    </li>
  );
}
