import { Fragment } from 'preact';
import { isShown } from '../../../domain/field.ts';
import type { MediaFacts } from '../../../domain/media.ts';
import type { Limits } from '../../../domain/capabilities.ts';
import type { DraftPart, Problem } from '../../../domain/limits.ts';
import { foldedAt, linksIn, piecesOf } from '../../../domain/text.ts';
import { Avatar, Mark } from '../../ui/avatar.tsx';
import { Trouble } from './channels.tsx';
import { LinkCard } from './link-card.tsx';
import { countsOf, draftParts } from '../model/check.ts';
import { answersFor, chosenOf, composingOf, formatOf, limitsFor, type ChannelData, type ComposerState } from '../model/data.ts';

/** How it will look, channel by channel; drawn from what each network says of itself. */
export function Previews({ state, problems }: { state: ComposerState; problems: readonly Problem[] }) {
  const chosen = chosenOf(state);
  const open = chosen.find(({ id }) => id === state.draft.view) ?? chosen[0];
  if (!open) return <div class="preview-none"><p>Choose where it shall go: how it will look there is shown here.</p></div>;
  return (
    <fieldset class="tabbed previews">
      <legend class="visually-hidden">Preview</legend>
      {chosen.map((channel) => (
        <Fragment key={channel.id}>
          <input type="radio" class="tab-radio visually-hidden" name="view" value={channel.id} id={`view-${channel.id}`} checked={channel === open} />
          <label for={`view-${channel.id}`} class={chosen.length > 1 ? 'tab' : 'visually-hidden'} title={channel.name}>
            <Mark provider={channel.provider} name={channel.network} /><span class="visually-hidden"> {channel.name}</span><Trouble count={countsOf(problems, channel.id).blocking} />
          </label>
          <div class="panel"><Preview channel={channel} state={state} /></div>
        </Fragment>
      ))}
    </fieldset>
  );
}

function Preview({ channel, state }: { channel: ChannelData; state: ComposerState }) {
  const limits = limitsFor(state, channel);
  const format = channel.capabilities.formats?.find(({ value }) => value === formatOf(state.draft, channel));
  const parts = draftParts(state, channel.id);
  const title = titleOf(channel, state);
  return (
    <article class={parts.length > 1 ? 'shown thread' : 'shown'}>
      <header>
        <Avatar channel={channel} />
        <span class="shown-who"><strong>{composingOf(state.asked, channel.id)?.account?.name ?? channel.name}</strong><span class="handle">{channel.handle}</span></span>
        {format && <span class="shown-format">{format.label}</span>}
      </header>
      {title && <p class="shown-title">{title}</p>}
      {parts.map((part) => <ShownPart part={part} limits={limits} frame={format?.frame} links={channel.capabilities.links} pages={state.links} />)}
    </article>
  );
}

/** What stands above the text, where the network has that and it counts for this format. */
function titleOf(channel: ChannelData, state: ComposerState): string {
  const said = state.draft.options[channel.id] ?? {};
  const field = channel.fields.find(({ name, kind }) => name === 'title' && kind === 'text');
  const counts = field && isShown(field, answersFor(state, channel));
  return counts ? (said['title']?.trim() ?? '') : '';
}

function ShownPart({ part, limits, frame, links, pages }: { part: DraftPart; limits: Limits; frame: number | undefined; links: ChannelData['capabilities']['links']; pages: ComposerState['links'] }) {
  const { text, media } = part;
  const link = linksIn(text)[0];
  return (
    <div class="shown-part">
      {limits.text.max > 0 && <ShownText text={text} fold={limits.text.fold} />}
      {media.length > 0 && <ShownMedia media={media} frame={frame} />}
      {media.length === 0 && frame !== undefined && <div class={`shown-frame ${shapeOf(frame)}`}><p>The picture or video goes here</p></div>}
      {link && media.length === 0 && frame === undefined && links !== 'text' && (
        <LinkCard url={link.url} link={pages[link.url]} />
      )}
    </div>
  );
}

function ShownText({ text, fold }: { text: string; fold: number | undefined }) {
  if (text.trim() === '') return <p class="shown-text blank">Your words</p>;
  const { shown, more } = fold === undefined ? { shown: text, more: false } : foldedAt(text, fold);
  return (
    <p class="shown-text">
      {piecesOf(shown).map(({ kind, text: piece }) => (kind === 'text' ? piece : <span class="marked">{piece}</span>))}
      {more && <span class="handle"> … more</span>}
    </p>
  );
}

function ShownMedia({ media, frame }: { media: readonly MediaFacts[]; frame: number | undefined }) {
  if (frame !== undefined) {
    return (
      <div class={`shown-frame ${shapeOf(frame)}`}>
        {media.slice(0, 1).map((one) => <Shown one={one} key={one.mediaId} />)}
        {media.length > 1 && <span class="length">1 of {media.length}</span>}
      </div>
    );
  }
  return (
    <div class={`shown-media of-${Math.min(media.length, 4)}`}>
      {media.slice(0, 4).map((one, n) => (
        <div class="shown-cell" key={one.mediaId}><Shown one={one} />{n === 3 && media.length > 4 && <span class="more-media">+{media.length - 4}</span>}</div>
      ))}
    </div>
  );
}

function Shown({ one: { kind, mediaId, alt, width, height } }: { one: MediaFacts }) {
  if (kind === 'video') return <video src={`/media/${mediaId}`} controls preload="metadata" playsInline width={width} height={height} />;
  return <img src={`/media/${mediaId}/thumb`} alt={alt} width={width} height={height} />;
}

function shapeOf(ratio: number): string {
  return ratio < 0.7 ? 'tall' : ratio < 0.95 ? 'portrait' : ratio < 1.2 ? 'square' : 'wide';
}
