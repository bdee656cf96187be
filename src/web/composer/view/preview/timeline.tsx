import { Fragment } from 'preact';
import { previewTexts as t } from '../../../../domain/texts/writing/preview.ts';
import { LinkCard } from './link-card.tsx';
import { Badges, Comment, Face, Head, Poll, Tags } from './extras.tsx';
import { Files } from './files.tsx';
import type { Shown, ShownPart } from './post.ts';
import { Signs } from './signs.tsx';
import { ShownText, Title } from './text.tsx';

export interface LayoutProps {
  shown: Shown & { open: boolean };
}

/** A post among others; the parts of a thread stand below each other, joined by a line. */
export function Feed({ shown }: LayoutProps) {
  const { shape, parts } = shown;
  const beside = shape.body === 'beside' || parts.length > 1;
  return (
    <Fragment>
      {parts.map((part, n) => (
        <Fragment>
          {part.wait > 0 && <p class="shown-wait soft">{t.later(part.wait)}</p>}
          <div class={`shown-part ${beside ? 'beside-face' : 'below-face'}`}>
            <Face shown={shown} />
            <Head shown={shown} />
            <div class="shown-body">
              {n === 0 && <Badges badges={shown.badges} />}
              <Content shown={shown} part={part} n={n} />
              <Signs shape={shape} />
            </div>
          </div>
        </Fragment>
      ))}
      <Comment shown={shown} />
    </Fragment>
  );
}

/** Messages of a chat: in bubbles on the wallpaper, or one below the other beside the face. */
export function Chat({ shown }: LayoutProps) {
  const { shape, parts } = shown;
  if (!shape.bubble) {
    return <Feed shown={shown} />;
  }
  return (
    <Fragment>
      {parts.flatMap((part) => messagesOf(part, shape.words.captionTo)).map((part, n) => (
        <Fragment>
          {part.wait > 0 && <p class="shown-wait soft">{t.later(part.wait)}</p>}
          <div class="shown-part bubble">
            {n === 0 && <Head shown={shown} />}
            <Content shown={shown} part={part} n={n} />
            <p class="bubble-foot soft"><Signs shape={shape} /><span class="shown-time">{shown.clock || t.now}</span></p>
          </div>
        </Fragment>
      ))}
    </Fragment>
  );
}

/** A caption that is too long follows its files as a message of its own. */
export function messagesOf(part: ShownPart, captionTo: number | undefined): ShownPart[] {
  if (captionTo === undefined || part.media.length === 0 || part.text.length <= captionTo) return [part];
  return [{ ...part, text: '', hasWords: false }, { ...part, media: [], wait: 0 }];
}

/** A title to vote on. */
export function Forum({ shown }: LayoutProps) {
  return (
    <Fragment>
      <header class="shown-part below-face"><Face shown={shown} /><Head shown={shown} /></header>
      {shown.parts.slice(0, 1).map((part) => <Content shown={shown} part={part} n={0} afterTitle={<Badges badges={shown.badges} />} />)}
      <Signs shape={shown.shape} />
    </Fragment>
  );
}

/** A page to read. */
export function Article({ shown }: LayoutProps) {
  const [part] = shown.parts;
  if (!part) return null;
  return (
    <Fragment>
      <Files part={part} shown={shown} />
      <div class="article-words">
        <header class="shown-part below-face"><Face shown={shown} /><Head shown={shown} /></header>
        <Title title={shown.title} />
        <Tags tags={shown.tags} />
        <ShownText text={part.text} fold={part.fold} words={shown.shape.words} />
        <Signs shape={shown.shape} />
      </div>
    </Fragment>
  );
}

/** Words, files and what belongs to them, in the network's order. */
function Content({ shown, part, n, afterTitle }: LayoutProps & { part: ShownPart; n: number; afterTitle?: preact.ComponentChildren }) {
  const { shape, warning, poll } = shown;
  const pieces = {
    title: n === 0 && <Fragment><Title title={shown.title} />{afterTitle}</Fragment>,
    text: (
      <Fragment>
        {warning !== '' ? <p class="shown-warning"><span>{warning}</span><span class="warning-more">{t.showMore}</span></p>
          : part.hasWords && (part.text.trim() !== '' || part.media.length === 0) && <ShownText text={part.text} fold={part.fold} words={shape.words} />}
        {n === 0 && shape.layout === 'feed' && <Tags tags={shown.tags} />}
      </Fragment>
    ),
    media: warning === '' && <Files part={part} shown={shown} />,
  };
  return (
    <Fragment>
      {shape.order.map((piece) => <Fragment key={piece}>{pieces[piece]}</Fragment>)}
      {n === 0 && poll && <Poll poll={poll} />}
      {part.card !== null && warning === '' && shape.card && <LinkCard {...part.card} as={shape.card} />}
    </Fragment>
  );
}
