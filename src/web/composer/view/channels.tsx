import type { Problem } from '../../../domain/limits.ts';
import { composerTexts as t } from '../../../domain/texts/pages/composer.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { inputProps } from '../../ui/field.tsx';
import { rich } from '../../words/rich.tsx';
import { costText, countsOf } from '../model/check.ts';
import { isChosen, type ChannelData, type ComposerState } from '../model/data.ts';
import { GroupButtons } from './groups.tsx';
import { Beside } from './problems.tsx';

/** The channels as faces to switch on and off. */
export function ChannelRow({ state, problems }: { state: ComposerState; problems: readonly Problem[] }) {
  const { draft, data } = state;
  if (data.channels.length === 0) return <Empty>{rich(t.noChannel, { connect: (words) => <a href="/channels">{words}</a> })}</Empty>;
  return (
    <fieldset class="where" {...inputProps('channels', problems)} tabIndex={-1}>
      <legend>{t.where}</legend>
      <ul class="faces">
        {data.channels.map((channel) => (
          <li>
            <label class="channel-choice">
              <input type="checkbox" name="channel" value={channel.id} checked={isChosen(draft, channel)} disabled={channel.standing === 'revoked'} />
              <Avatar channel={channel} />
              <span class="face-name">{channel.name}</span>
              <span class="face-handle">{standingText(channel) ?? costText(state, channel) ?? channel.handle}</span>
              {isChosen(draft, channel) && <Trouble count={countsOf(problems, channel.id).blocking} />}
            </label>
          </li>
        ))}
      </ul>
      <GroupButtons state={state} />
      <Beside field="channels" problems={problems} />
      <Button kind="quiet" small class="no-script" name="intent" value="refresh">{t.refresh}</Button>
    </fieldset>
  );
}

export function Trouble({ count }: { count: number }) {
  return count === 0 ? null : <span class="trouble">{count}<span class="visually-hidden">{t.problemCount(count)}</span></span>;
}

function standingText({ standing }: ChannelData): string | null {
  if (standing === 'revoked') return t.disconnected;
  return standing === 'needs_reconnect' ? t.reconnectFirst : null;
}
