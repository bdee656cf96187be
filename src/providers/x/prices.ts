import { webLinksIn } from '../../domain/weighted/links.ts';
import type { Composing, Io, Target } from '../contract.ts';
import type { Grant } from './session.ts';

/** What X charges, in US dollars: for a post, for one with a link in place of that, and for each description. */
export interface Prices {
  post: number;
  link: number;
  alt: number;
}

/** docs.x.com/x-api/getting-started/pricing (read 2026-11-25): "Content: Create", "… (with URL)", "Content: Manage". */
export const documented: Prices = { post: 0.015, link: 0.2, alt: 0.005 };

/** The operator's settings, for who has another agreement with X. */
export const priceSettings = { post: 'X_PRICE_POST', link: 'X_PRICE_LINK_POST', alt: 'X_PRICE_DESCRIPTION' } as const;

export function pricesOf(io: Pick<Io, 'setting'>): Prices {
  const price = (name: keyof Prices) => {
    const said = io.setting(priceSettings[name])?.trim() ?? '';
    return /^\d{1,4}(?:\.\d{1,6})?$/u.test(said) ? Number(said) : documented[name];
  };
  return { post: price('post'), link: price('link'), alt: price('alt') };
}

/** The prices as `check` gets them; the documented ones when X was not asked. */
export function pricesIn(composing: Composing | null): Prices {
  const told: Readonly<Record<string, number>> = composing?.prices ?? {};
  return { post: told['post'] ?? documented.post, link: told['link'] ?? documented.link, alt: told['alt'] ?? documented.alt };
}

interface Costing {
  text: string;
  media: readonly { kind: 'image' | 'video'; alt: string }[];
}

/** Whether X wraps anything in the text as a link. It bills bare domains the same, as far as anybody knows. */
export function hasLink({ text }: Costing): boolean {
  return webLinksIn(text).length > 0;
}

export function costOf(parts: readonly Costing[], { post, link, alt }: Prices): number {
  return parts.reduce((sum, part) => {
    const described = part.media.filter((one) => one.kind === 'image' && one.alt.trim() !== '').length;
    return sum + (hasLink(part) ? link : post) + described * alt;
  }, 0);
}

/** "$0.20", "$0.015". */
export function dollars(amount: number): string {
  const exact = (Math.round(amount * 1e6) / 1e6).toFixed(6).replace(/0{1,4}$/u, '');
  return `$${exact}`;
}

/** Said without asking X: every read of it is billed. */
export async function composing(_grant: Grant, _target: Pick<Target, 'remoteId'>, io: Io): Promise<Composing> {
  const prices = pricesOf(io);
  const { post, link, alt } = prices;
  const free = post === 0 && link === 0 && alt === 0;
  return {
    prices: { ...prices },
    ...(!free && { notices: [`X charges whoever runs this instance ${dollars(post)} for each post, ${dollars(link)} for one with a link, and ${dollars(alt)} for each description of a picture.`] }),
  };
}
