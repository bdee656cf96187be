import { Refusal } from '../../fake/refusal.ts';
import type { ProductCall } from '../../fake/world.ts';

/** By the token of the very Page that the account is linked to, with these permissions. */
export function asAccount({ request, world }: ProductCall, accountId: string, ...scopes: readonly string[]): string {
  const page = world.state.pages.find(({ instagram }) => instagram?.id === accountId);
  if (!page) throw new Refusal(100, `Unsupported request. Object with ID '${accountId}' does not exist, cannot be loaded due to missing permissions`, { subcode: 33 });
  world.pageCaller(request, page.id, ...scopes);
  if (!page.tasks.includes('CREATE_CONTENT') && !page.tasks.includes('MANAGE')) throw new Refusal(200, '(#200) The user has no role on the Page that lets them create content.', { status: 403 });
  return accountId;
}

export const publishing = ['instagram_basic', 'instagram_content_publish', 'pages_read_engagement'] as const;
export const reading = ['instagram_basic', 'pages_read_engagement'] as const;
