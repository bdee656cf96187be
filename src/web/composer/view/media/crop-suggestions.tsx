import { nearestBox } from '../../../../domain/pictures/crop.ts';
import type { Crop, Problem } from '../../../../domain/limits.ts';
import type { ImageFacts, MediaFacts } from '../../../../domain/media.ts';
import { ratioText } from '../../../../domain/pictures/media-limits.ts';
import { fileTexts as t } from '../../../../domain/texts/writing/files.ts';
import { Button } from '../../../ui/button.tsx';
import { formatOf, limitsFor, type ChannelData, type ComposerState } from '../../model/data.ts';
import { aspectParam } from '../problems.tsx';

interface Suggestion {
  channel: ChannelData;
  aspect: Crop['aspect'];
}

/**
 * What could be cut off so that a picture fits a network, shown as a ghost over it: one press does it, another opens the
 * frame to move. Where a network takes nothing else it stands in the problems too; where it only shows bars, only here.
 */
export function CropSuggestions({ facts, target, state, channels, problems }: {
  facts: MediaFacts | undefined; target: string; state: ComposerState; channels: readonly ChannelData[]; problems: readonly Problem[];
}) {
  if (facts?.kind !== 'image' || facts.animated) return null;
  const found = suggestionsOf(facts, target, state, channels, problems);
  const several = (network: string) => channels.filter((channel) => channel.network === network).length > 1;
  return (
    <>
      {found.map(({ channel, aspect }) => {
        const box = nearestBox(facts, aspect);
        const objects = [target, facts.mediaId, aspectParam(aspect), channel.id].join(':');
        const name = several(channel.network) ? channel.name : channel.network;
        return (
          <div class="crop-hint" key={channel.id}>
            <Ghost facts={facts} box={box} />
            <Button kind="quiet" small name="intent" value={`crop_now:${objects}`}>{t.cropFor(name, ratioText(box.width / box.height))}</Button>
            <Button kind="quiet" small name="intent" value={`crop:${objects}`} aria-label={t.adjustNamed(name)}>{t.adjust}</Button>
          </div>
        );
      })}
    </>
  );
}

export function suggestionsOf(facts: ImageFacts, target: string, state: ComposerState, channels: readonly ChannelData[], problems: readonly Problem[]): Suggestion[] {
  return channels.flatMap((channel): Suggestion[] => {
    const must = problems.find((problem) => problem.crop?.mediaId === facts.mediaId && problem.channelId === channel.id && problem.field === target)?.crop;
    if (must) return [{ channel, aspect: must.aspect }];
    const frame = channel.capabilities.formats?.find(({ value }) => value === formatOf(state.draft, channel))?.frame;
    const takes = limitsFor(state, channel).images !== null;
    return takes && frame !== undefined && Math.abs(Math.log(facts.width / facts.height / frame)) > 0.02 ? [{ channel, aspect: { min: frame, max: frame } }] : [];
  });
}

function Ghost({ facts: { mediaId, width, height }, box }: { facts: ImageFacts; box: { x: number; y: number; width: number; height: number } }) {
  return (
    <svg class="ghost" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <image href={`/media/${mediaId}/thumb`} width={width} height={height} preserveAspectRatio="none" />
      <path class="dimmed" fill-rule="evenodd" d={`M0 0H${width}V${height}H0ZM${box.x} ${box.y}V${box.y + box.height}H${box.x + box.width}V${box.y}Z`} />
      <rect class="frame" x={box.x} y={box.y} width={box.width} height={box.height} />
    </svg>
  );
}
