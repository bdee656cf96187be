import { previewTexts as t } from '../../../../domain/texts/writing/preview.ts';
import { initialsOf } from '../../../ui/avatar.tsx';
import type { Shown } from './post.ts';

/** The account's picture, in the shape that the network gives it. */
export function Face({ shown: { channel, name, shape } }: { shown: Shown }) {
  return (
    <span class={`shown-face ${shape.face}`} aria-hidden="true">
      <span class="initials">{initialsOf(name)}</span>
      {channel.pictured && <img class="mark-free" src={`/channels/${channel.id}/picture`} alt="" width={48} height={48} />}
    </span>
  );
}

/** Who says it and when, on one line or two. */
export function Head({ shown: { shape, name, handle, clock } }: { shown: Shown }) {
  const when = shape.time === 'clock' && clock !== '' ? clock : t.now;
  const said = { user: <strong class="shown-name">{userOf({ name, handle })}</strong>, name: <strong class="shown-name">{name}</strong>, handle: <span class="shown-handle">{handle}</span>, time: <span class="shown-time">{when}</span> };
  const [first, ...rest] = shape.head;
  if (shape.headLines === 2) return <span class="shown-who two">{first && said[first]}<span class="who-rest">{rest.map((one) => said[one])}</span></span>;
  return <span class="shown-who">{shape.head.map((one) => said[one])}</span>;
}

/** The handle without its sign; the name where there is none. */
export function userOf({ name, handle }: Pick<Shown, 'name' | 'handle'>): string {
  return handle.replace(/^@/u, '') || name;
}

export function Poll({ poll: { question, choices, as } }: { poll: NonNullable<Shown['poll']> }) {
  const shown = choices.length > 0 ? choices : [t.choice(1), t.choice(2)];
  return (
    <div class={`shown-poll ${as}`}>
      {(question !== '' || as === 'radios') && <p class="poll-question">{question || t.question}</p>}
      <ul>{shown.map((choice) => <li class={choices.length === 0 ? 'blank' : ''}>{choice}</li>)}</ul>
    </div>
  );
}

export function Comment({ shown }: { shown: Shown }) {
  if (shown.comment === '') return null;
  return (
    <div class="shown-comment">
      <Face shown={shown} />
      <div><p class="soft">{t.firstComment}</p><p><strong class="shown-name">{shown.name}</strong></p><p class="shown-words">{shown.comment}</p></div>
    </div>
  );
}

export function Badges({ badges }: Pick<Shown, 'badges'>) {
  return badges.length === 0 ? null : <p class="shown-badges">{badges.map((badge) => <span class="shown-badge">{badge}</span>)}</p>;
}

export function Tags({ tags }: Pick<Shown, 'tags'>) {
  return tags.length === 0 ? null : <p class="shown-tags">{tags.map((tag) => <span class="marked">#{tag}</span>)}</p>;
}
