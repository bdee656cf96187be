import { boxOf, cropChoices, type Box, type Size } from '../../../../domain/pictures/crop.ts';
import type { Crop } from '../../../../domain/limits.ts';
import type { ImageFacts } from '../../../../domain/media.ts';
import { cropTexts as t } from '../../../../domain/texts/writing/files.ts';
import { Button, ButtonLink, Buttons } from '../../../ui/button.tsx';
import { Form } from '../../../ui/form.tsx';
import type { ChannelData } from '../../model/data.ts';
import type { Draft } from '../../model/draft.ts';
import { Carrying } from './library.tsx';

/** Where the piece lies in the room that is left, as a form says it. */
const places = [['0', t.places.start], ['0.5', t.places.middle], ['1', t.places.end]] as const;

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
        <legend>{t.shape}</legend>
        {cropChoices(facts, aspect).map(({ ratio, label }, n) => (
          <label>
            <Piece facts={facts} box={boxOf(facts, ratio)} />
            <span class="check"><input type="radio" name="ratio" value={ratio.toFixed(5)} checked={n === 0} /> {label}{n === 0 && <span class="help">{t.losesLeast}</span>}</span>
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for="crop-place">{t.place}</label>
        <select name="place" id="crop-place">{places.map(([value, label]) => <option value={value} selected={value === '0.5'}>{label}</option>)}</select>
      </div>
    </>
  );
}

/** A piece of a picture, shown without cutting it. */
export function Piece({ facts, box: { x, y, width, height } }: { facts: ImageFacts; box: Box }) {
  return (
    <svg class="piece" viewBox={`${x} ${y} ${width} ${height}`} role="img" aria-label={facts.alt || t.piece}>
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
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      {[['target', target], ['media', facts.mediaId], ['for', `${aspect.min}-${aspect.max}`]].map(([name, value]) => <input type="hidden" name={`crop.${name ?? ''}`} value={value} />)}
      <Choices facts={facts} aspect={aspect} />
      <fieldset>
        <legend>{t.useWhere}</legend>
        {channel && <label class="check"><input type="radio" name="crop.where" value={channel.id} checked={others} /> {t.forAlone(channel.name)}</label>}
        <label class="check"><input type="radio" name="crop.where" value="all" checked={!channel || !others} /> {t.forAll}</label>
      </fieldset>
      <Buttons>
        <Button kind="primary" name="intent" value="cropped">{t.button}</Button>
        <Button kind="quiet" name="intent" value="refresh">{t.backToPost}</Button>
      </Buttons>
    </Carrying>
  );
}

/** Cropping on its own: the piece goes to the library. */
export function CropPage({ csrf, facts, aspect }: { csrf: string; facts: ImageFacts; aspect: Crop['aspect'] }) {
  return (
    <Form action={`/media/${facts.mediaId}/crop`} csrf={csrf} class="carrying">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <input type="hidden" name="for" value={`${aspect.min}-${aspect.max}`} />
      <Choices facts={facts} aspect={aspect} />
      <Buttons><Button kind="primary">{t.button}</Button> <ButtonLink kind="quiet" href="/media">{t.back}</ButtonLink></Buttons>
    </Form>
  );
}
