import { isShown } from '../../../domain/field.ts';
import { stillTexts as t } from '../../../domain/texts/writing/files.ts';
import { imageTypes, type VideoFacts } from '../../../domain/media.ts';
import type { Cover } from '../../../domain/channels/appearance.ts';
import { answersFor, chosenOf, factsFor, type ChannelData, type ComposerState, type MediaItem } from '../../composer/model/data.ts';
import { Button } from '../../ui/button.tsx';
import { DialogBody, openDialog } from '../../ui/dialog.tsx';
import { json } from './request.ts';
import { addPicture, drawn, sendStill } from './stills.ts';

interface StillAsked {
  state: ComposerState;
  mediaId: string;
  /** The video with its new still; `covers` are options to set (`CHANNEL.option.NAME`), `items` pictures that they name. */
  done: (video: MediaItem, covers: [target: string, value: string][], items: MediaItem[]) => void;
}

/** A slider over the video; what is chosen stands for it here, and on the networks that take a cover where that is ticked. */
export function openStill({ state, mediaId, done }: StillAsked): boolean {
  const facts = factsFor(state, mediaId);
  if (facts?.kind !== 'video') return false;
  const { csrf } = state.data;
  const covers = coversOf(state);
  const ticked = new Set<string>();
  const dialog = openDialog(t.title);
  let at = 0;
  let busy = false;
  let trouble = '';

  const film = () => dialog.element.querySelector('video');

  async function use(picture: () => Promise<Blob>, seconds: number | null) {
    busy = true;
    trouble = '';
    draw();
    try {
      const blob = await picture();
      const video = await sendStill(csrf, mediaId, blob);
      if (typeof video === 'string') throw new Refused(video);
      // Closed meanwhile: the still is set by now, and covers stay as they are.
      if (!dialog.element.open) return done(video, [], []);
      const chosen = covers.filter(({ channel }) => ticked.has(channel.id));
      const set: [string, string][] = [];
      const items: MediaItem[] = [];
      for (const { channel, cover } of chosen) {
        const option = (name: string) => `${channel.id}.option.${name}`;
        // A second says it exactly and needs no further file, where the network takes it as finely as it was chosen.
        if (seconds !== null && cover.second !== undefined && (!cover.whole || cover.picture === undefined)) {
          set.push([option(cover.second), String(cover.whole ? Math.round(seconds) : seconds)]);
          if (cover.picture !== undefined) set.push([option(cover.picture), '']);
        } else if (cover.picture !== undefined) {
          items[0] ??= await pictureOf(blob);
          set.push([option(cover.picture), items[0].facts.mediaId]);
        }
      }
      dialog.close();
      return done(video, set, items);
    } catch (error) {
      trouble = error instanceof Refused && error.message !== '' ? error.message : t.failed;
    }
    busy = false;
    draw();
  }

  async function pictureOf(blob: Blob): Promise<MediaItem> {
    const added = await addPicture(csrf, blob, 'cover.jpg');
    if (typeof added === 'string') throw new Refused(added);
    const { items: [item] } = await json<{ items: MediaItem[] }>(`/posts/library?id=${added.id}`);
    if (!item) throw new Refused('');
    return item;
  }

  function seek(seconds: number) {
    at = seconds;
    const shown = film();
    if (shown) shown.currentTime = seconds;
    draw();
  }

  function draw() {
    const { durationMs } = facts as VideoFacts;
    const longest = Math.max(0, Math.floor(durationMs / 100) / 10 - 0.1);
    dialog.draw(
      <DialogBody title={t.title} buttons={(
        <>
          <Button type="button" kind="primary" disabled={busy} onClick={() => void use(async () => { const shown = film(); if (!shown || shown.videoWidth === 0) throw new Refused(t.unreadable); return drawn(shown); }, at)}>{t.use}</Button>
          <label class="file">
            <span>{t.own}</span>
            <input type="file" accept={imageTypes.join(',')} disabled={busy} onChange={({ currentTarget }) => { const [file] = currentTarget.files ?? []; if (file) void use(async () => file, null); }} />
          </label>
          <Button type="button" kind="quiet" onClick={() => dialog.close()}>{t.close}</Button>
        </>
      )}>
        <p class="help">{t.lead}</p>
        <video class="still-film" src={`/media/${mediaId}`} muted playsInline preload="auto" onError={() => { trouble = t.unreadable; draw(); }} />
        <label class="crop-slider">{t.slider} <span class="help">{t.at(at.toFixed(1))}</span>
          <input type="range" min={0} max={longest} step={0.1} value={at} onInput={({ currentTarget }) => seek(Number(currentTarget.value))} />
        </label>
        {covers.map(({ channel }) => (
          <label class="check"><input type="checkbox" checked={ticked.has(channel.id)} onChange={({ currentTarget }) => { if (currentTarget.checked) ticked.add(channel.id); else ticked.delete(channel.id); draw(); }} /> {t.useFor(channel.name)}</label>
        ))}
        {trouble && <p class="error" role="alert">{trouble}</p>}
      </DialogBody>,
    );
  }
  draw();
  return true;
}

class Refused extends Error {}

/** The chosen channels whose network takes a cover for the format that counts. */
function coversOf(state: ComposerState): { channel: ChannelData; cover: Cover }[] {
  return chosenOf(state).flatMap((channel) => {
    const answers = answersFor(state, channel);
    const cover = channel.appearance?.options?.cover;
    // The picture decides: a field for the second may hide while there is one.
    const name = cover?.picture ?? cover?.second;
    const field = channel.fields.find((one) => one.name === name);
    return cover && field && isShown(field, answers) ? [{ channel, cover }] : [];
  });
}
