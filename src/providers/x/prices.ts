import { dollars, type Costs } from '../../domain/billing/costs.ts';
import type { Composing, Io, Target } from '../contract.ts';
import type { Grant } from './session.ts';

/**
 * docs.x.com/x-api/getting-started/pricing (read 2026-11-25): "Content: Create", "Content: Create (with URL)", "Content:
 * Manage". Whether a bare domain is billed as a URL is nowhere said; X makes a link of it, so it is reckoned as one.
 */
export const documented: Costs = { part: 0.015, partWithLink: 0.2, description: 0.005 };

/** The operator's settings, for who has another agreement with X. */
export const priceSettings = { part: 'X_PRICE_POST', partWithLink: 'X_PRICE_LINK_POST', description: 'X_PRICE_DESCRIPTION' } as const;

export function costsOf(io: Pick<Io, 'setting'>): Costs {
  const price = (name: keyof Costs) => {
    const said = io.setting(priceSettings[name])?.trim() ?? '';
    return /^\d{1,4}(?:\.\d{1,6})?$/u.test(said) ? Number(said) : documented[name];
  };
  return { part: price('part'), partWithLink: price('partWithLink'), description: price('description') };
}

/** Said without asking X: every read of it is billed. */
export async function composing(_grant: Grant, _target: Pick<Target, 'remoteId'>, io: Io): Promise<Composing> {
  const costs = costsOf(io);
  const { part, partWithLink, description } = costs;
  if (part === 0 && partWithLink === 0 && description === 0) return {};
  return {
    costs,
    notices: [`X charges whoever runs this instance ${dollars(part)} for each post, ${dollars(partWithLink)} for one with a link, and ${dollars(description)} for each description of a picture.`],
  };
}
