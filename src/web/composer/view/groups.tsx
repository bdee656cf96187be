import { groupTexts as t } from '../../../domain/texts/pages/groups.ts';
import { Button, Buttons } from '../../ui/button.tsx';
import { isChosen, type ChannelData, type ComposerState } from '../model/data.ts';

/** With fewer there is nothing to be gained by choosing them together. */
const fewest = 4;

/** Buttons for several channels at once, or none of them when all are chosen: those of last time, all, and those of each group. */
export function GroupButtons({ state: { draft, data } }: { state: ComposerState }) {
  const usable = data.channels.filter(({ standing }) => standing !== 'revoked');
  const last = usable.filter(({ id }) => data.last.includes(id));
  const groups = [...Map.groupBy(usable.filter(({ group }) => group !== undefined), ({ group }) => group ?? '')];
  const together: [name: string, channels: ChannelData[]][] = [
    ...(last.length > 1 && last.length < usable.length ? [[t.asLastTime, last] as [string, ChannelData[]]] : []),
    ...(usable.length >= fewest ? [[t.everywhere, usable] as [string, ChannelData[]]] : []),
    ...groups.map(([name, channels]): [string, ChannelData[]] => [t.allOf(name), channels]),
  ];
  if (together.length === 0) return null;
  return (
    <div class="choose-groups" role="group" aria-label={t.choosing}>
      <Buttons>
        {together.map(([name, channels]) => (
          <Button small kind="quiet" key={name} name="intent" value={`choose:${channels.map(({ id }) => id).join(':')}`} aria-pressed={channels.every((channel) => isChosen(draft, channel))}>{name}</Button>
        ))}
      </Buttons>
    </div>
  );
}
