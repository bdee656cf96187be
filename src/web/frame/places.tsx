import { frameTexts as t } from '../../domain/texts/pages/frame.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Pop } from '../ui/menu.tsx';
import { For } from './role.tsx';

interface Place {
  href: string;
  label: string;
  icon: IconName;
}

const home: Place = { href: '/', label: t.home, icon: 'home' };
const calendar: Place = { href: '/calendar', label: t.calendar, icon: 'calendar' };
const posts: Place = { href: '/posts', label: t.posts, icon: 'posts' };
/** On a phone behind "More". */
const others: readonly Place[] = [
  { href: '/media', label: t.media, icon: 'media' },
  { href: '/channels', label: t.channels, icon: 'channels' },
  { href: '/settings', label: t.settings, icon: 'settings' },
];

function PlaceLink({ place: { href, label, icon }, current }: { place: Place; current: string }) {
  return <a href={href} title={label} aria-current={current === href ? 'page' : undefined}><Icon name={icon} /><span class="folds">{label}</span></a>;
}

/** Where one can go, below one another in the rail. */
export function Places({ current }: { current: string }) {
  return <nav class="places" aria-label={t.places}>{[home, calendar, posts, ...others].map((place) => <PlaceLink place={place} current={current} />)}</nav>;
}

/** The same on a phone: a bar at the foot, writing in its middle. */
export function Bar({ current }: { current: string }) {
  const elsewhere = others.some(({ href }) => href === current);
  return (
    <nav class="bar" aria-label={t.places}>
      <PlaceLink place={home} current={current} />
      <PlaceLink place={calendar} current={current} />
      <For role="editor"><a class="bar-write" href="/posts/new"><span class="bar-write-face"><Icon name="write" /></span><span>{t.newPost}</span></a></For>
      <PlaceLink place={posts} current={current} />
      <Pop id="more-places" class={elsewhere ? 'bar-more current' : 'bar-more'} popClass="pop-more" face={<><Icon name="more" /><span>{t.more}</span></>}>
        <ul aria-label={t.morePlaces}>{others.map(({ href, label, icon }) => <li><a href={href} aria-current={current === href ? 'page' : undefined}><Icon name={icon} />{label}</a></li>)}</ul>
      </Pop>
    </nav>
  );
}
