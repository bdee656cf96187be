import { webLinksIn } from '../weighted/links.ts';

/** What a network charges whoever runs this instance, in US dollars. */
export interface Costs {
  /** For each part. */
  part: number;
  /** For a part with a link in place of that; bare domains are links. */
  partWithLink: number;
  /** For each description of a picture. */
  description: number;
}

interface Costing {
  text: string;
  media: readonly { kind: 'image' | 'video'; alt: string }[];
}

export function hasLink({ text }: Pick<Costing, 'text'>): boolean {
  return webLinksIn(text).length > 0;
}

export function costOf(parts: readonly Costing[], { part, partWithLink, description }: Costs): number {
  return parts.reduce((sum, one) => {
    const described = one.media.filter(({ kind, alt }) => kind === 'image' && alt.trim() !== '').length;
    return sum + (hasLink(one) ? partWithLink : part) + described * description;
  }, 0);
}

/** "$0.20", "$0.015". */
export function dollars(amount: number): string {
  return `$${amount.toFixed(6).replace(/0{1,4}$/u, '')}`;
}
