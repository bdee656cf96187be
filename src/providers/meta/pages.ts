import * as z from 'zod';
import { ProviderError, type Io } from '../contract.ts';
import type { Client } from '../oauth.ts';
import { metaErrors } from './errors.ts';
import { graph, listed } from './graph.ts';

const errors = metaErrors([]);
const id = z.string().min(1);

/** A Page as the lists have it. Without a token where only its business reaches it. */
export const pageRow = z.object({
  id,
  name: z.string(),
  access_token: z.string().min(1).nullish(),
  tasks: z.array(z.string()).nullish(),
  picture: z.object({ data: z.object({ url: z.string().nullish() }).nullish() }).nullish(),
});
export type PageRow = z.infer<typeof pageRow>;

/** What `pageRow` reads, to be asked for; a network adds its own behind it. */
export const pageFields = 'id,name,access_token,tasks,picture.type(large){url}';

export type ReachedPage<Row extends PageRow = PageRow> = Row & { access_token: string };

export interface PageQuery<Row extends PageRow> {
  fields: string;
  row: z.ZodType<Row>;
}

/**
 * The Pages that a person ticked, each with a token of its own that does not end, because the person's is a long-lived one.
 * Pages of a business portfolio may be missing from the person's own list; with `business_management` they are asked of the
 * businesses, of which one that will not tell must not cost the others.
 */
export async function pagesOf<Row extends PageRow>(
  io: Io, app: Client, userToken: string, { fields, row }: PageQuery<Row>, business: boolean,
): Promise<ReachedPage<Row>[]> {
  const call = { method: 'GET', app, token: userToken, errors } as const;
  const lists: Row[][] = [await listed(io, { ...call, path: 'me/accounts', query: { fields } }, row)];
  const businesses = business ? await unlessRefused(() => listed(io, { ...call, path: 'me/businesses', query: { fields: 'id' } }, z.object({ id })), []) : [];
  for (const { id: businessId } of businesses) {
    for (const edge of ['owned_pages', 'client_pages']) {
      lists.push(await unlessRefused(() => listed(io, { ...call, path: `${encodeURIComponent(businessId)}/${edge}`, query: { fields } }, row), []));
    }
  }
  const pages = [...new Map(lists.flat().toReversed().map((page) => [page.id, page])).values()].toReversed();
  const reached: ReachedPage<Row>[] = [];
  for (const page of pages) {
    const token = page.access_token ?? (await unlessRefused(() => tokenOf(page.id), null));
    if (token !== null && mayPublish(page)) reached.push({ ...page, access_token: token });
  }
  return reached;

  async function tokenOf(pageId: string): Promise<string | null> {
    const answer = await graph(io, { ...call, path: encodeURIComponent(pageId), query: { fields: 'access_token' } });
    return answer.read(z.object({ access_token: z.string().min(1).nullish() })).access_token ?? null;
  }
}

/** The task that lets a person publish as the Page; rows of a business may name none. */
function mayPublish({ tasks }: PageRow): boolean {
  return !tasks || tasks.includes('CREATE_CONTENT') || tasks.includes('MANAGE');
}

async function unlessRefused<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    // What failed for the network's sake would leave Pages out without a word.
    if (error instanceof ProviderError && (error.failure.kind === 'rejected' || error.failure.kind === 'auth')) return otherwise;
    throw error;
  }
}
