import type { Problem } from '../../../../domain/limits.ts';
import { imageTypes, videoTypes } from '../../../../domain/media.ts';
import { fileTexts as t } from '../../../../domain/texts/writing/files.ts';
import { durationText } from '../../../../domain/units.ts';
import { Button } from '../../../ui/button.tsx';
import { fieldId, inputProps } from '../../../ui/field.tsx';
import { isOwn } from '../../model/check.ts';
import { chosenOf, factsFor, limitsFor, type ChannelData, type ComposerState, type MediaItem, type Upload } from '../../model/data.ts';
import type { OwnMedia } from '../../model/draft.ts';
import { CropSuggestions } from './crop-suggestions.tsx';
import { stillOf } from '../preview/files.tsx';
import { Beside } from '../problems.tsx';
import { typed } from '../typed.ts';

export const acceptedFiles = [...imageTypes, ...videoTypes].join(',');

/** The pictures and videos of a part, each with its description, in an order that buttons and dragging change. */
export function MediaList({ n, state, problems }: { n: number; state: ComposerState; problems: readonly Problem[] }) {
  const target = `part.${n}.media`;
  const media = state.draft.parts[n]?.media ?? [];
  const uploads = state.uploads.filter((upload) => upload.target === target);
  const channels = chosenOf(state).filter(({ id }) => !isOwn(state.draft, id));
  if (media.length === 0 && uploads.length === 0) return null;
  return (
    <>
      <ul class="tiles">
        {media.map((mediaId, i) => {
          const item = state.data.media[mediaId];
          const name = item?.name ?? t.thisFile;
          const alt = factsFor(state, mediaId)?.alt ?? state.draft.alts[mediaId] ?? '';
          const field = `part.${n}.alt.${i}`;
          return (
            <li class="tile" key={mediaId} data-list={target} data-media={mediaId} draggable={media.length > 1}>
              <input type="hidden" name={target} value={mediaId} />
              <Thumb mediaId={mediaId} item={item} />
              <div class="tile-words">
                <label for={fieldId(field)}>{t.describe(name)}</label>
                <textarea rows={1} name={`alt.${mediaId}`} value={typed(alt)} placeholder={t.describeHint} autoComplete="off" {...inputProps(field, problems)} />
                <AltCount length={alt.length} state={state} channels={channels} />
                <Beside field={field} problems={problems} />
                {item?.facts.kind === 'video' && <Player mediaId={mediaId} item={item} />}
                <CropSuggestions facts={factsFor(state, mediaId)} target={target} state={state} channels={channels} problems={problems} />
              </div>
              <div class="tile-tools">
                <Steps target={target} mediaId={mediaId} name={name} first={i === 0} last={i === media.length - 1} />
                <Button kind="quiet" small name="intent" value={`remove_media:${target}:${mediaId}`} aria-label={t.removeNamed(name)}>{t.remove}</Button>
              </div>
            </li>
          );
        })}
        {uploads.map((upload) => <UploadTile upload={upload} key={upload.id} />)}
      </ul>
      <Undescribed n={n} media={media} state={state} channels={channels} />
    </>
  );
}

/** A quiet count of the pictures that say nothing to whoever cannot see them, and the way to the next. */
function Undescribed({ n, media, state, channels }: { n: number; media: readonly string[]; state: ComposerState; channels: readonly ChannelData[] }) {
  const facts = media.map((mediaId) => factsFor(state, mediaId));
  const pictures = facts.filter((one) => one?.kind === 'image');
  const silent = pictures.filter((one) => one?.alt.trim() === '');
  const first = facts.findIndex((one) => one?.kind === 'image' && one.alt.trim() === '');
  // Of a single one its own field says it.
  if (silent.length === 0 || pictures.length === 1 || !channels.some((channel) => limitsFor(state, channel).alt)) return null;
  const field = `part.${n}.alt.${first}`;
  return <p class="alt-nag help">{t.undescribed(silent.length, pictures.length)}. <a href={`#${fieldId(field)}`} data-jump={field}>{t.describeNext}</a></p>;
}

/** Said when a description comes near to what the strictest network takes. */
function AltCount({ length, state, channels }: { length: number; state: ComposerState; channels: readonly ChannelData[] }) {
  const max = Math.min(...channels.flatMap((channel) => limitsFor(state, channel).alt?.max ?? []));
  if (!Number.isFinite(max) || length < max * 0.7) return null;
  return <p class={length > max ? 'count over' : 'count help'}>{t.altCount(length, max)}</p>;
}

/** The files of a channel's own version: which of them it gets, and in which order. */
export function OwnMediaList({ channelId, n, media, state, problems }: {
  channelId: string; n: number; media: readonly OwnMedia[]; state: ComposerState; problems: readonly Problem[];
}) {
  const on = media.filter((one) => one.on).map(({ mediaId }) => mediaId);
  const name = `own.${channelId}.part.${n}`;
  const target = `${channelId}.part.${n}.media`;
  const channels = chosenOf(state).filter(({ id }) => id === channelId);
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
              <span>{item?.name ?? t.fileGone}</span>
            </label>
            <div class="tile-words">
              {alone && <label for={fieldId(alt)}>{t.describe(item?.name ?? t.thisFile)}</label>}
              {alone && <textarea rows={1} name={`alt.${mediaId}`} value={typed(factsFor(state, mediaId)?.alt ?? '')} autoComplete="off" {...inputProps(alt, problems)} />}
              {isOn && <Beside field={alt} problems={problems} />}
              {isOn && <CropSuggestions facts={factsFor(state, mediaId)} target={target} state={state} channels={channels} problems={problems} />}
            </div>
            <div class="tile-tools"><Steps target={target} mediaId={mediaId} name={item?.name ?? t.thisFile} first={i === 0} last={i === media.length - 1} /></div>
          </li>
        );
      })}
    </ul>
  );
}

function Steps({ target, mediaId, name, first, last }: { target: string; mediaId: string; name: string; first: boolean; last: boolean }) {
  if (first && last) return null;
  return (
    <>
      <Button kind="quiet" small class="step" name="intent" value={`up:${target}:${mediaId}`} disabled={first} aria-label={t.moveUp(name)}>↑</Button>
      <Button kind="quiet" small class="step" name="intent" value={`down:${target}:${mediaId}`} disabled={last} aria-label={t.moveDown(name)}>↓</Button>
    </>
  );
}

/** A small still of a picture or a video. It is its tile that is dragged, not the picture. */
export function Thumb({ mediaId, item }: { mediaId: string; item: MediaItem | undefined }) {
  const video = item?.facts.kind === 'video' ? item.facts : null;
  return (
    <span class="thumb">
      <img src={stillOf(video ?? { mediaId })} alt="" width={80} height={80} loading="lazy" draggable={false} />
      {video && <span class="length">{durationText(video.durationMs)}</span>}
    </span>
  );
}

function Player({ mediaId, item: { facts } }: { mediaId: string; item: MediaItem }) {
  return (
    <details class="player">
      <summary>{t.watch}</summary>
      <video src={`/media/${mediaId}`} poster={stillOf(facts)} controls preload="none" playsInline />
      <Button type="button" kind="quiet" small class="needs-script" name="intent" value={`still:${mediaId}`}>{t.chooseStill}</Button>
    </details>
  );
}

/** A file from an address on the web. */
export function FromWeb({ target }: { target: string }) {
  return <Button kind="quiet" small name="intent" value={`address:${target}`}>{t.fromAddress}</Button>;
}

function UploadTile({ upload: { id, name, sent, failed } }: { upload: Upload }) {
  return (
    <li class="tile sending">
      <div class="tile-words">
        <p>{name}</p>
        {failed === null ? <progress value={sent} max={1} aria-label={t.sending(name)} /> : <p class="error">{failed}</p>}
      </div>
      <div class="tile-tools">
        {failed !== null && <Button type="button" kind="quiet" small data-retry={id}>{t.tryAgain}</Button>}
        <Button type="button" kind="quiet" small data-cancel={id}>{failed === null ? t.cancel : t.remove}</Button>
      </div>
    </li>
  );
}
