import { composerTexts as t } from '../../../../domain/texts/writing/composer.ts';
import type { LinkState } from '../../model/data.ts';

/**
 * The card that a network makes of a link, in its own form: what the page says of itself, as far as it is known yet. The
 * picture comes through this house; while nothing is known an empty place stands for it.
 */
export function LinkCard({ url, link, as }: { url: string; link: LinkState | undefined; as: 'large' | 'small' | 'bar' }) {
  const card = link && link !== 'waiting' ? link : null;
  const host = card?.host ?? (URL.parse(url)?.hostname ?? url).replace(/^www\./u, '');
  const bare = card ? !card.picture : link === null;
  return (
    <div class={`shown-card link-card ${as}${bare ? ' bare' : ''}`}>
      {card?.picture ? <img class="card-picture" src={`/posts/links/${card.picture}/picture`} alt="" loading="lazy" /> : !bare && <span class="card-picture" aria-hidden="true" />}
      <div class="link-words">
        <p class="soft">{host}</p>
        {card && <p class="link-title">{card.title}</p>}
        {card?.description && <p class="link-about soft">{card.description}</p>}
        {link === 'waiting' && <p>{t.readingPage}</p>}
        {link === null && <p>{t.pageSilent}</p>}
      </div>
    </div>
  );
}
