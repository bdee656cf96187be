import { boxOf, cropChoices } from '../../../domain/crop.ts';
import type { ImageFacts } from '../../../domain/media.ts';
import { chosenOf, factsFor, type ComposerState, type MediaItem } from '../../composer/model/data.ts';
import { aspectOf } from '../../composer/view/crop.tsx';
import { openDialog } from '../../ui/dialog.tsx';
import { json } from './request.ts';

interface CropAsked {
  state: ComposerState;
  /** Target, medium, shapes, channel: as the button says them. */
  objects: readonly string[];
  /** `where` is a channel, or `all`. */
  done: (item: MediaItem, where: string) => void;
}

/** A frame to move over the picture; false when the picture is not at hand. */
export function openCrop({ state, objects: [target = '', mediaId = '', shapes = '', channelId = ''], done }: CropAsked): boolean {
  const facts = factsFor(state, mediaId);
  if (facts?.kind !== 'image') return false;
  const channel = state.data.channels.find(({ id }) => id === channelId);
  const alone = chosenOf(state).length === 1 || !channel;
  const choices = cropChoices(facts, aspectOf(shapes));
  const dialog = openDialog('Crop the picture');
  let ratio = choices[0]?.ratio ?? 1;
  let place = { across: 0.5, down: 0.5 };
  let trouble = '';
  let busy = false;

  async function use(where: string) {
    busy = true;
    draw();
    const { x, y, width, height } = boxOf(facts as ImageFacts, ratio, place.across, place.down);
    const fields = { _csrf: state.data.csrf, x: String(x), y: String(y), width: String(width), height: String(height) };
    try {
      const { item, problems } = await json<{ item?: MediaItem; problems?: { message: string }[] }>(`/media/${mediaId}/crop`, fields);
      if (item) {
        dialog.close();
        return done(item, where);
      }
      trouble = problems?.[0]?.message ?? 'The picture could not be cropped.';
    } catch {
      trouble = 'Post Master could not be reached. Try again.';
    }
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
      <div class="dialog-page">
        <h2>Crop the picture</h2>
        <p class="help">A new picture is made of the piece. The one you have stays in the library.</p>
        <svg class="stage" viewBox={`0 0 ${width} ${height}`} onPointerDown={drag} role="img" aria-label={facts?.alt || 'The picture with the frame'}>
          <image href={`/media/${mediaId}/thumb`} width={width} height={height} preserveAspectRatio="none" />
          <path class="dimmed" fill-rule="evenodd" d={`M0 0H${width}V${height}H0ZM${box.x} ${box.y}V${box.y + box.height}H${box.x + box.width}V${box.y}Z`} />
          <rect class="frame" x={box.x} y={box.y} width={box.width} height={box.height} />
        </svg>
        <div class="segments" role="radiogroup" aria-label="Shape">
          {choices.map((choice) => (
            <label><input type="radio" name="crop-shape" checked={choice.ratio === ratio} onChange={() => { ratio = choice.ratio; draw(); }} /><span>{choice.label}</span></label>
          ))}
        </div>
        {slider('Left to right', 'across', width - box.width)}
        {slider('Top to bottom', 'down', height - box.height)}
        {trouble && <p class="error" role="alert">{trouble}</p>}
        <div class="buttons">
          {!alone && <button type="button" class="button primary" disabled={busy} onClick={() => void use(channelId)}>Use it for {channel?.name} alone</button>}
          <button type="button" class={alone ? 'button primary' : 'button'} disabled={busy} onClick={() => void use('all')}>{alone ? 'Use it' : 'Use it for all channels'}</button>
          <button type="button" class="button quiet" onClick={() => dialog.close()}>Close</button>
        </div>
      </div>,
    );
  }
  draw();
  return target !== '';
}
