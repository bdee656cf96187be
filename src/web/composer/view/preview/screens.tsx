import { Fragment } from 'preact';
import { previewTexts as t } from '../../../../domain/texts/writing/preview.ts';
import { Face, Head, userOf } from './extras.tsx';
import { EmptyPlace, Files, Screen } from './files.tsx';
import { hostOf } from './post.ts';
import { Signs } from './signs.tsx';
import { ShownText, Title } from './text.tsx';
import type { LayoutProps } from './timeline.tsx';

/** The picture from edge to edge, its words below. */
export function Photo({ shown }: LayoutProps) {
  const [part] = shown.parts;
  if (!part) return null;
  return (
    <Fragment>
      <header class="shown-part below-face"><Face shown={shown} /><Head shown={shown} /><Signs shape={{ signs: ['more'], signsAt: 'start' }} /></header>
      {part.media.length === 0 ? <EmptyPlace ratio={1} /> : <Files part={part} shown={shown} />}
      <div class="photo-words">
        <Signs shape={shown.shape} />
        <ShownText text={part.text} fold={part.fold} words={shown.shape.words} by={userOf(shown)} />
        <p class="soft shown-time">{t.now}</p>
      </div>
    </Fragment>
  );
}

/** A full screen that goes by. */
export function Story({ shown }: LayoutProps) {
  const [part] = shown.parts;
  if (!part) return null;
  return (
    <Screen part={part} shown={shown}>
      <div class="over-top"><span class="story-bar" aria-hidden="true" /><div class="over-head"><Face shown={shown} /><Head shown={shown} /></div></div>
      <div class="over-foot" aria-hidden="true"><span class="story-answer" /><Signs shape={shown.shape} /></div>
    </Screen>
  );
}

/** A full screen with words over it. */
export function Short({ shown }: LayoutProps) {
  const [part] = shown.parts;
  if (!part) return null;
  const { order, words } = shown.shape;
  return (
    <Screen part={part} shown={shown}>
      <div class="over-words">
        <div class="over-head"><Face shown={shown} /><Head shown={shown} /></div>
        {order.includes('title') && <Title title={shown.title} />}
        {order.includes('text') && part.hasWords && (part.text.trim() !== '' || !shown.title) && <ShownText text={part.text} fold={part.fold} words={words} />}
      </div>
      <Signs shape={shown.shape} />
    </Screen>
  );
}

/** A player with its title, who made it, and a box of words. */
export function Watch({ shown }: LayoutProps) {
  const [part] = shown.parts;
  if (!part) return null;
  return (
    <Fragment>
      {part.media.length === 0 ? <EmptyPlace ratio={16 / 9} /> : <Files part={part} shown={shown} />}
      <div class="watch-words">
        <Title title={shown.title} />
        <div class="shown-part below-face"><Face shown={shown} /><Head shown={shown} /><span class="pill strong" aria-hidden="true">{t.follow}</span></div>
        <Signs shape={shown.shape} />
        <div class="watch-box"><ShownText text={part.text} fold={part.fold} words={shown.shape.words} /></div>
      </div>
    </Fragment>
  );
}

/** A tile on a board, opened. */
export function Pin({ shown }: LayoutProps) {
  const [part] = shown.parts;
  if (!part) return null;
  return (
    <Fragment>
      {part.media.length === 0 ? <EmptyPlace ratio={2 / 3} /> : <Files part={part} shown={shown} />}
      <div class="pin-words">
        <div class="pin-row"><Signs shape={shown.shape} /><span class="pill accent" aria-hidden="true">{t.keep}</span></div>
        {part.card !== null && <p class="pin-link">{t.visit(hostOf(part.card.url))}</p>}
        {shown.title !== '' && <Title title={shown.title} />}
        {(part.text.trim() !== '' || shown.title === '') && <ShownText text={part.text} fold={part.fold} words={shown.shape.words} />}
        <div class="shown-part below-face"><Face shown={shown} /><Head shown={shown} /></div>
      </div>
    </Fragment>
  );
}
