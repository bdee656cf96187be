import { composerTexts as t } from '../../../domain/texts/pages/composer.ts';
import type { LinkState } from '../model/data.ts';

/** The card that a network makes of a link: what the page says of itself, as far as it is known yet. The picture comes through this house. */
export function LinkCard({ url, link }: { url: string; link: LinkState | undefined }) {
  const card = link && link !== 'waiting' ? link : null;
  const host = card?.host ?? (URL.parse(url)?.hostname ?? url).replace(/^www\./u, '');
  return (
    <div class={card?.picture ? 'shown-card link-card pictured' : 'shown-card link-card'}>
      {card?.picture && <img src={`/posts/links/${card.picture}/picture`} alt="" loading="lazy" />}
      <div class="link-words">
        <p class="handle">{host}</p>
        {card && <p class="link-title">{card.title}</p>}
        {card?.description && <p class="link-about">{card.description}</p>}
        {link === 'waiting' && <p>{t.readingPage}</p>}
        {link === null && <p>{t.pageSilent}</p>}
      </div>
    </div>
  );
}
