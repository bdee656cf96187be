import { ProviderError, type Io, type Target } from '../contract.ts';
import { call } from './api.ts';
import type { Grant } from './session.ts';
import { organization, roles } from './wire.ts';

/** The member alone, from the grant: a token that was just issued may not be asked with yet. */
export async function profileTargets({ member, name, picture }: Grant): Promise<Target[]> {
  // Ids of members lead to no address that others can open.
  return [{ remoteId: member, name, handle: 'profile', url: null, avatarUrl: picture }];
}

/** The pages on which this member may post, one call for each: batches are refused to apps in the development tier. */
export async function pageTargets(grant: Grant, io: Io): Promise<Target[]> {
  const targets: Target[] = [];
  for (const { organization: urn } of await rolesOf(grant, io)) {
    const { name, vanity } = await organizationAt(urn, grant, io);
    const id = urn.slice(urn.lastIndexOf(':') + 1);
    targets.push({ remoteId: urn, name, handle: vanity ?? id, url: `https://www.linkedin.com/company/${vanity ?? id}/`, avatarUrl: null });
  }
  return targets;
}

/** What lets a member post in a page's name (learn.microsoft.com, "Organization Access Control"). */
const posting = ['ADMINISTRATOR', 'CONTENT_ADMIN', 'CONTENT_ADMINISTRATOR'];
const perCall = 100;
const mostCalls = 20;

/** A role on each page where the member may post, one per page. */
export async function rolesOf(grant: Pick<Grant, 'accessToken' | 'issuedAt'>, io: Io): Promise<{ roleAssignee: string; organization: string }[]> {
  const found = new Map<string, { roleAssignee: string; organization: string }>();
  let start = 0;
  for (let n = 0; n < mostCalls; n += 1) {
    const answer = await call(io, grant, {
      method: 'GET', path: 'organizationAcls', finder: true, query: { q: 'roleAssignee', state: 'APPROVED', start, count: perCall },
    });
    const { count, most, roles: given } = answer.read(roles);
    start += count;
    for (const { roleAssignee, organization: urn, role, state } of given) {
      if (state === 'APPROVED' && posting.includes(role)) found.set(urn, { roleAssignee, organization: urn });
    }
    if (count < Math.min(perCall, most ?? perCall)) break;
  }
  return [...found.values()];
}

/** How a page is called. One that may not be read can be posted to all the same. */
export async function organizationAt(urn: string, grant: Pick<Grant, 'accessToken' | 'issuedAt'>, io: Io): Promise<{ name: string; vanity: string | null }> {
  const id = urn.slice(urn.lastIndexOf(':') + 1);
  try {
    const { localizedName, vanityName } = (await call(io, grant, { method: 'GET', path: `organizations/${id}` })).read(organization);
    return { name: localizedName?.trim() || `Page ${id}`, vanity: vanityName ?? null };
  } catch (error) {
    if (error instanceof ProviderError && [403, 404].includes(error.failure.evidence?.status ?? 0)) return { name: `Page ${id}`, vanity: null };
    throw error;
  }
}
