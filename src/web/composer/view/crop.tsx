import { boxOf, cropChoices, type Box, type Size } from '../../../domain/crop.ts';
import type { Crop } from '../../../domain/limits.ts';
import type { ImageFacts } from '../../../domain/media.ts';
import { Form } from '../../ui/form.tsx';
import type { ChannelData } from '../model/data.ts';
import type { Draft } from '../model/draft.ts';
import { Carrying } from './library.tsx';

/** Where the piece lies in the room that is left, as a form says it. */
const places = [['0', 'At the left or top'], ['0.5', 'In the middle'], ['1', 'At the right or bottom']] as const;

/** `MIN-MAX` as `aspectParam` writes it; anything else is any shape. */
export function aspectOf(text: string): Crop['aspect'] {
  const [min = NaN, max = NaN] = text.split('-').map(Number);
  return min > 0 && max >= min && max < 1_000 ? { min, max } : { min: 0.5, max: 2 };
}

/** The piece that a form of choices means; the ratio must be one that was offered. */
export function boxFrom(picture: Size, aspect: Crop['aspect'], ratio: string, at: string): Box | null {
  const choice = cropChoices(picture, aspect).find((one) => one.ratio.toFixed(5) === ratio);
  const place = places.find(([value]) => value === at)?.[0] ?? '0.5';
  return choice ? boxOf(picture, choice.ratio, Number(place), Number(place)) : null;
}

function Choices({ facts, aspect }: { facts: ImageFacts; aspect: Crop['aspect'] }) {
  return (
    <>
      <fieldset class="crops">
        <legend>Shape</legend>
        {cropChoices(facts, aspect).map(({ ratio, label }, n) => (
          <label>
            <Piece facts={facts} box={boxOf(facts, ratio)} />
            <span class="check"><input type="radio" name="ratio" value={ratio.toFixed(5)} checked={n === 0} /> {label}{n === 0 && <span class="help"> loses least</span>}</span>
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for="crop-place">Which part of it</label>
        <select name="place" id="crop-place">{places.map(([value, label]) => <option value={value} selected={value === '0.5'}>{label}</option>)}</select>
      </div>
    </>
  );
}

/** A piece of a picture, shown without cutting it. */
export function Piece({ facts, box: { x, y, width, height } }: { facts: ImageFacts; box: Box }) {
  return (
    <svg class="piece" viewBox={`${x} ${y} ${width} ${height}`} role="img" aria-label={facts.alt || 'The piece that would be left'}>
      <image href={`/media/${facts.mediaId}/thumb`} width={facts.width} height={facts.height} preserveAspectRatio="none" />
    </svg>
  );
}

/** Cropping in the middle of writing, for browsers without scripts. */
export function CropInPost({ draft, csrf, facts, aspect, target, channel, others }: {
  draft: Draft; csrf: string; facts: ImageFacts; aspect: Crop['aspect']; target: string; channel: Pick<ChannelData, 'id' | 'name'> | undefined; others: boolean;
}) {
  return (
    <Carrying draft={draft} csrf={csrf}>
      <h1>Crop the picture</h1>
      <p class="lead">A new picture is made of the piece. The one you have stays in the library.</p>
      {[['target', target], ['media', facts.mediaId], ['for', `${aspect.min}-${aspect.max}`]].map(([name, value]) => <input type="hidden" name={`crop.${name ?? ''}`} value={value} />)}
      <Choices facts={facts} aspect={aspect} />
      <fieldset>
        <legend>Use it</legend>
        {channel && <label class="check"><input type="radio" name="crop.where" value={channel.id} checked={others} /> for {channel.name} alone</label>}
        <label class="check"><input type="radio" name="crop.where" value="all" checked={!channel || !others} /> for all channels</label>
      </fieldset>
      <div class="buttons">
        <button class="button primary" name="intent" value="cropped">Crop</button>
        <button class="button quiet" name="intent" value="refresh">Back to the post</button>
      </div>
    </Carrying>
  );
}

/** Cropping on its own: the piece goes to the library. */
export function CropPage({ csrf, facts, aspect }: { csrf: string; facts: ImageFacts; aspect: Crop['aspect'] }) {
  return (
    <Form action={`/media/${facts.mediaId}/crop`} csrf={csrf} class="carrying">
      <h1>Crop the picture</h1>
      <p class="lead">A new picture is made of the piece. The one you have stays in the library.</p>
      <input type="hidden" name="for" value={`${aspect.min}-${aspect.max}`} />
      <Choices facts={facts} aspect={aspect} />
      <div class="buttons"><button class="button primary">Crop</button> <a class="button quiet" href="/media">Back</a></div>
    </Form>
  );
}
