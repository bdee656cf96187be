import type { Problem } from '../../../domain/limits.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { inputProps } from '../../ui/field.tsx';
import { costText, countsOf } from '../model/check.ts';
import { isChosen, type ChannelData, type ComposerState } from '../model/data.ts';
import { Beside } from './problems.tsx';

/** The channels as faces to switch on and off. */
export function ChannelRow({ state, problems }: { state: ComposerState; problems: readonly Problem[] }) {
  const { draft, data } = state;
  if (data.channels.length === 0) return <p class="empty">No channel is connected yet. <a href="/channels">Connect one</a>, then come back.</p>;
  return (
    <fieldset class="where" {...inputProps('channels', problems)} tabIndex={-1}>
      <legend>Where</legend>
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
      <Beside field="channels" problems={problems} />
      <button class="button quiet small no-script" name="intent" value="refresh">Show what these channels need</button>
    </fieldset>
  );
}

export function Trouble({ count }: { count: number }) {
  return count === 0 ? null : <span class="trouble">{count}<span class="visually-hidden">{count === 1 ? ' problem' : ' problems'}</span></span>;
}

function standingText({ standing }: ChannelData): string | null {
  if (standing === 'revoked') return 'disconnected';
  return standing === 'needs_reconnect' ? 'reconnect first' : null;
}
