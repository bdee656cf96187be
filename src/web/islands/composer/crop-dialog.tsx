import { boxOf, cropChoices, nearestBox, type Box } from '../../../domain/pictures/crop.ts';
import type { ImageFacts } from '../../../domain/media.ts';
import { cropTexts as t } from '../../../domain/texts/writing/files.ts';
import { chosenOf, factsFor, type ComposerState, type MediaItem } from '../../composer/model/data.ts';
import { aspectOf } from '../../composer/view/media/crop.tsx';
import { Button } from '../../ui/button.tsx';
import { DialogBody, openDialog } from '../../ui/dialog.tsx';
import { json } from './request.ts';

interface CropAsked {
  state: ComposerState;
  /** Target, medium, shapes, channel: as the button says them. */
  objects: readonly string[];
  /** `where` is a channel, or `all`. */
  done: (item: MediaItem, where: string) => void;
}

/** Cuts a piece out of a picture; the sentence why not, where it could not be. */
async function cropped(csrf: string, mediaId: string, { x, y, width, height }: Box): Promise<MediaItem | string> {
  const fields = { _csrf: csrf, x: String(x), y: String(y), width: String(width), height: String(height) };
  try {
    const { item, problems } = await json<{ item?: MediaItem; problems?: { message: string }[] }>(`/media/${mediaId}/crop`, fields);
    return item ?? problems?.[0]?.message ?? t.failed;
  } catch {
    return t.unreachable;
  }
}

/** What one press cuts: the piece that loses least, for the channel alone where there are others. False where there is no picture to cut. */
export function cropNow({ state, objects: [, mediaId = '', shapes = '', channelId = ''], done, failed }: CropAsked & { failed: (message: string) => void }): boolean {
  const facts = factsFor(state, mediaId);
  if (facts?.kind !== 'image') return false;
  void (async () => {
    const made = await cropped(state.data.csrf, mediaId, nearestBox(facts, aspectOf(shapes)));
    if (typeof made === 'string') failed(made);
    else done(made, chosenOf(state).length > 1 ? channelId : 'all');
  })();
  return true;
}

/** A frame to move over the picture; false when the picture is not at hand. */
export function openCrop({ state, objects: [target = '', mediaId = '', shapes = '', channelId = ''], done }: CropAsked): boolean {
  const facts = factsFor(state, mediaId);
  if (facts?.kind !== 'image') return false;
  const channel = state.data.channels.find(({ id }) => id === channelId);
  const alone = chosenOf(state).length === 1 || !channel;
  // Accounts of one name on several networks are told apart by those.
  const who = chosenOf(state).filter(({ name }) => name === channel?.name).length > 1 ? channel?.network : channel?.name;
  const choices = cropChoices(facts, aspectOf(shapes));
  const dialog = openDialog(t.title);
  let ratio = choices[0]?.ratio ?? 1;
  let place = { across: 0.5, down: 0.5 };
  let trouble = '';
  let busy = false;

  async function use(where: string) {
    busy = true;
    draw();
    const made = await cropped(state.data.csrf, mediaId, boxOf(facts as ImageFacts, ratio, place.across, place.down));
    // Closed meanwhile: it was not wanted after all.
    if (!dialog.element.open) return;
    if (typeof made !== 'string') {
      dialog.close();
      return done(made, where);
    }
    trouble = made;
    busy = false;
    draw();
  }

  /** Moves the frame with the pointer: by as much of the room that is left as the pointer went. */
  function drag(event: PointerEvent) {
    const stage = event.currentTarget as SVGSVGElement;
    const { width, height } = facts as ImageFacts;
    const frame = boxOf({ width, height }, ratio);
    const room = { across: width - frame.width, down: height - frame.height };
    const seen = stage.getBoundingClientRect();
    const perPixel = Math.max(width / seen.width, height / seen.height);
    const from = { ...place, x: event.clientX, y: event.clientY };
    const move = ({ clientX, clientY }: PointerEvent) => {
      const at = (start: number, pixels: number, space: number) => (space <= 0 ? 0.5 : Math.min(1, Math.max(0, start + (pixels * perPixel) / space)));
      place = { across: at(from.across, clientX - from.x, room.across), down: at(from.down, clientY - from.y, room.down) };
      draw();
    };
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    stage.addEventListener('pointermove', move);
    for (const end of ['pointerup', 'pointercancel']) stage.addEventListener(end, () => stage.removeEventListener('pointermove', move), { once: true });
  }

  function draw() {
    const { width, height } = facts as ImageFacts;
    const box = boxOf({ width, height }, ratio, place.across, place.down);
    const slider = (label: string, key: 'across' | 'down', room: number) => room > 0 && (
      <label class="crop-slider">{label}
        <input type="range" min={0} max={1} step={0.01} value={place[key]} onInput={({ currentTarget }) => { place = { ...place, [key]: Number(currentTarget.value) }; draw(); }} />
      </label>
    );
    dialog.draw(
      <DialogBody title={t.title} buttons={(
        <>
          {!alone && <Button type="button" kind="primary" disabled={busy} onClick={() => void use(channelId)}>{t.useAlone(who ?? '')}</Button>}
          <Button type="button" kind={alone ? 'primary' : 'plain'} disabled={busy} onClick={() => void use('all')}>{alone ? t.use : t.useAll}</Button>
          <Button type="button" kind="quiet" onClick={() => dialog.close()}>{t.close}</Button>
        </>
      )}>
        <p class="help">{t.lead}</p>
        <svg class="stage" viewBox={`0 0 ${width} ${height}`} onPointerDown={drag} role="img" aria-label={facts?.alt || t.stage}>
          <image href={`/media/${mediaId}/thumb`} width={width} height={height} preserveAspectRatio="none" />
          <path class="dimmed" fill-rule="evenodd" d={`M0 0H${width}V${height}H0ZM${box.x} ${box.y}V${box.y + box.height}H${box.x + box.width}V${box.y}Z`} />
          <rect class="frame" x={box.x} y={box.y} width={box.width} height={box.height} />
        </svg>
        {choices.length > 1 && (
          <div class="segments" role="radiogroup" aria-label={t.shape}>
            {choices.map((choice) => (
              <label><input type="radio" name="crop-shape" checked={choice.ratio === ratio} onChange={() => { ratio = choice.ratio; draw(); }} /><span>{choice.label}</span></label>
            ))}
          </div>
        )}
        {slider(t.across, 'across', width - box.width)}
        {slider(t.down, 'down', height - box.height)}
        {trouble && <p class="error" role="alert">{trouble}</p>}
      </DialogBody>,
    );
  }
  draw();
  return target !== '';
}
