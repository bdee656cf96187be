import { groupTexts as t } from '../../../domain/texts/pages/groups.ts';
import { Button, Buttons } from '../../ui/button.tsx';
import { isChosen, type ComposerState } from '../model/data.ts';

/** One button for each group: all its channels at once, or none of them when all are chosen. */
export function GroupButtons({ state: { draft, data } }: { state: ComposerState }) {
  const usable = data.channels.filter(({ standing, group }) => group !== undefined && standing !== 'revoked');
  const groups = [...Map.groupBy(usable, ({ group }) => group ?? '')];
  if (groups.length === 0) return null;
  return (
    <div class="choose-groups" role="group" aria-label={t.choosing}>
      <Buttons>
        {groups.map(([name, channels]) => (
          <Button small kind="quiet" key={name} name="intent" value={`choose:${channels.map(({ id }) => id).join(':')}`} aria-pressed={channels.every((channel) => isChosen(draft, channel))}>{t.allOf(name)}</Button>
        ))}
      </Buttons>
    </div>
  );
}
