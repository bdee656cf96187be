import type { Problem } from '../../../domain/limits.ts';
import { versionTexts as t } from '../../../domain/texts/writing/files.ts';
import { Button } from '../../ui/button.tsx';
import { fieldId, inputProps } from '../../ui/field.tsx';
import { costText } from '../model/check.ts';
import { composingOf, formatOf, type ChannelData, type ComposerState } from '../model/data.ts';
import { OptionField } from './field.tsx';
import { OwnMediaList } from './media/media.tsx';
import { Counters } from './part.tsx';
import { Beside } from './problems.tsx';
import { TextTools } from './tools.tsx';
import { typed } from './typed.ts';
import { rich } from '../../words/rich.tsx';

interface PanelProps {
  channel: ChannelData;
  state: ComposerState;
  problems: readonly Problem[];
}

/** Everything that one channel can have of its own: format, options, and a version of the post. */
export function ChannelPanel({ channel, state, problems }: PanelProps) {
  return (
    <>
      <Answer channel={channel} state={state} />
      <Formats channel={channel} state={state} problems={problems} />
      {channel.fields.map((field) => <OptionField field={field} channel={channel} state={state} problems={problems} key={field.name} />)}
      <Beside field={`${channel.id}.option.`} problems={problems} />
      <Version channel={channel} state={state} problems={problems} />
    </>
  );
}

/** What the network said when it was asked. */
function Answer({ channel, state }: Omit<PanelProps, 'problems'>) {
  const asked = state.asked[channel.id];
  const again = <Button kind="quiet" small name="intent" value={`ask:${channel.id}`}>{t.askAgain}</Button>;
  if (asked?.state === 'failed') return <p class="answer needs-you" role="status">{asked.message} {t.draftAllTheSame} {again}</p>;
  if (channel.asks && (asked === undefined || asked.state === 'waiting')) {
    return <p class="answer help" role="status">{t.asking(channel.network)} <span class="no-script">{again}</span></p>;
  }
  const composing = composingOf(state.asked, channel.id);
  if (!composing) return null;
  const { account, costs, notices = [], blocked } = composing;
  if (!account && !costs && notices.length === 0 && blocked === undefined) return null;
  return (
    <div class="answer">
      {account && <p>{rich(t.postingAs, { name: <strong>{account.name}</strong> })}</p>}
      {blocked !== undefined && <p class="error">{blocked}</p>}
      {costs && <p>{rich(t.price, { cost: <strong>{costText(state, channel)}</strong>, network: channel.network })}</p>}
      {notices.map((notice) => <p class="help">{notice}</p>)}
    </div>
  );
}

function Formats({ channel, state, problems }: PanelProps) {
  const { formats = [] } = channel.capabilities;
  const chosen = formatOf(state.draft, channel);
  const key = `${channel.id}.option.format`;
  if (formats.length === 0) return null;
  return (
    <fieldset class="segmented" {...inputProps(key, problems)} tabIndex={-1}>
      <legend>{t.format}</legend>
      <div class="segments">
        {formats.map(({ value, label }) => (
          <label><input type="radio" name={`option.${channel.id}.format`} value={value} checked={value === chosen} /><span>{label}</span></label>
        ))}
      </div>
      <Beside field={key} problems={problems} />
    </fieldset>
  );
}

function Version({ channel, state, problems }: PanelProps) {
  const { id, network } = channel;
  const own = state.draft.own[id];
  const who = state.data.channels.filter((one) => one.network === network).length > 1 && channel.name !== network ? t.whose(network, channel.name) : network;
  if (!own) {
    return (
      <div class="version">
        <p class="help">{t.asAll}</p>
        <Button name="intent" value={`own_on:${id}`}>{t.differently(who)}</Button>
      </div>
    );
  }
  return (
    <div class="version">
      <input type="hidden" name={`own.${id}`} value="on" />
      {own.map((part, n) => {
        const field = `${id}.part.${n}`;
        const media = part.media.filter(({ on }) => on).map(({ mediaId }) => mediaId);
        return (
          <div class="part own-part">
            <label for={fieldId(field)}>{own.length > 1 ? t.partFor(n + 1, who) : t.textFor(who)}</label>
            <textarea name={`own.${id}.part.${n}`} rows={n === 0 ? 6 : 3} value={typed(part.text)} data-complete={id} {...inputProps(field, problems)} />
            <div class="part-foot">
              <TextTools field={field} state={state} />
              <Counters part={{ text: part.text, media }} channels={[channel]} state={state} />
            </div>
            <Beside field={field} problems={problems} />
            <OwnMediaList channelId={id} n={n} media={part.media} state={state} problems={problems} />
            <Beside field={`${field}.media`} problems={problems} />
          </div>
        );
      })}
      <Button kind="quiet" small name="intent" value={`own_off:${id}`}>{t.takeAll}</Button>
    </div>
  );
}
