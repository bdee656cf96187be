import { Fragment, type FunctionComponent } from 'preact';
import type { Layout } from '../../../domain/channels/appearance.ts';
import type { Problem } from '../../../domain/limits.ts';
import { previewTexts as t } from '../../../domain/texts/writing/preview.ts';
import { Avatar, Mark } from '../../ui/avatar.tsx';
import { countsOf } from '../model/check.ts';
import { chosenOf, formatOf, type ChannelData, type ComposerState } from '../model/data.ts';
import { Trouble } from './channels.tsx';
import { shownOf } from './preview/post.ts';
import { Photo, Pin, Short, Story, Watch } from './preview/screens.tsx';
import { Article, Chat, Feed, Forum, type LayoutProps } from './preview/timeline.tsx';

/** How it will look, channel by channel; drawn from what each network says of itself. On a phone it folds away. */
export function Previews({ state, problems }: { state: ComposerState; problems: readonly Problem[] }) {
  const chosen = chosenOf(state);
  const open = chosen.find(({ id }) => id === state.draft.view) ?? chosen[0];
  if (!open) return <div class="preview-none"><p>{t.none}</p></div>;
  return (
    <Fragment>
      <input type="checkbox" class="fold-box visually-hidden" id="preview-fold" />
      <label for="preview-fold" class="fold-label"><Mark provider={open.provider} name={open.network} /> {t.fold(open.name)}</label>
      <fieldset class="tabbed previews">
        <legend class="visually-hidden">{t.legend}</legend>
        {chosen.map((channel) => (
          <Fragment key={channel.id}>
            <input type="radio" class="tab-radio visually-hidden" name="view" value={channel.id} id={`view-${channel.id}`} checked={channel === open} />
            <label for={`view-${channel.id}`} class={chosen.length > 1 ? 'tab' : 'visually-hidden'} title={channel.name}>
              <Avatar channel={channel} /><span class="visually-hidden"> {channel.name}</span><Trouble count={countsOf(problems, channel.id).blocking} />
            </label>
            {/* Without a script all of them must be there; with one nobody waits at each letter for what cannot be seen. */}
            <div class="panel">{(channel === open || !state.live) && <Preview channel={channel} state={state} open={channel === open} />}</div>
          </Fragment>
        ))}
      </fieldset>
    </Fragment>
  );
}

const drawn: Record<Layout, FunctionComponent<LayoutProps>> = { feed: Feed, photo: Photo, story: Story, video: Watch, short: Short, chat: Chat, article: Article, pin: Pin, forum: Forum };

function Preview({ channel, state, open }: { channel: ChannelData; state: ComposerState; open: boolean }) {
  const shown = shownOf(channel, state);
  const { layout, bubble } = shown.shape;
  const format = channel.capabilities.formats?.find(({ value }) => value === formatOf(state.draft, channel));
  const Drawn = drawn[layout];
  return (
    <Fragment>
      {format && <p class="shown-format">{format.label}</p>}
      <article class={['shown', `as-${layout}`, ...(bubble ? ['bubbles'] : []), ...(shown.parts.length > 1 ? ['thread'] : [])].join(' ')} data-network={channel.provider}>
        <Drawn shown={{ ...shown, open }} />
      </article>
    </Fragment>
  );
}
