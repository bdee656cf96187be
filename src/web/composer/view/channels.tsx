import type { Problem } from '../../../domain/limits.ts';
import { composerTexts as t } from '../../../domain/texts/writing/composer.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { inputProps } from '../../ui/field.tsx';
import { rich } from '../../words/rich.tsx';
import { costText, countsOf } from '../model/check.ts';
import { isChosen, type ChannelData, type ComposerState } from '../model/data.ts';
import { GroupButtons } from './groups.tsx';
import { Beside } from './problems.tsx';

/** More than these would push the writing off a phone: they stand in two rows there, which are moved sideways. */
const roomForFaces = 8;

/** The channels as faces to switch on and off. */
export function ChannelRow({ state, problems }: { state: ComposerState; problems: readonly Problem[] }) {
  const { draft, data } = state;
  if (data.channels.length === 0) return <Empty>{rich(t.noChannel, { connect: (words) => <a href="/channels">{words}</a> })}</Empty>;
  const called = ({ name, network }: ChannelData) => `${network} ${name}`;
  const namesakes = new Set(data.channels.map(called).filter((one, n, all) => all.indexOf(one) !== n));
  return (
    <fieldset class="where" {...inputProps('channels', problems)} tabIndex={-1}>
      <legend>{t.where}</legend>
      <ul class={data.channels.length > roomForFaces ? 'faces many' : 'faces'}>
        {data.channels.map((channel) => (
          <li key={channel.id}>
            <label class="channel-choice">
              <input type="checkbox" name="channel" value={channel.id} checked={isChosen(draft, channel)} disabled={channel.standing === 'revoked'} />
              <Avatar channel={channel} />
              <span class="face-name">{channel.name}</span>
              <Below text={standingText(channel) ?? costText(state, channel)} handle={channel.handle} needed={namesakes.has(called(channel))} />
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

/** What stands below a name: what one must know of the channel, else its handle, which a phone has room for only where it tells two apart. */
function Below({ text, handle, needed }: { text: string | null; handle: string; needed: boolean }) {
  return <span class={text !== null || needed ? 'face-handle' : 'face-handle spare'}>{text ?? handle}</span>;
}

export function Trouble({ count }: { count: number }) {
  return count === 0 ? null : <span class="trouble">{count}<span class="visually-hidden">{t.problemCount(count)}</span></span>;
}

function standingText({ standing }: ChannelData): string | null {
  if (standing === 'revoked') return t.disconnected;
  return standing === 'needs_reconnect' ? t.reconnectFirst : null;
}
