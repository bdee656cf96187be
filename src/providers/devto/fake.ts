import { startFake, type FakeAnswer, type FakePlatform, type FakeRequest } from '../fake/server.ts';

const origin = 'https://dev.to';

interface FakeArticle { id: number; userId: number; title: string; body: string; canonicalUrl: string | null; url: string; publishedAt: number | null }

export interface FakeDevto extends FakePlatform {
  /** Accounts by API key. */
  people: Map<string, { id: number; username: string; name: string; suspended: boolean }>;
  articles: FakeArticle[];
  /** Articles that were asked for, as they came. */
  asked: Record<string, unknown>[];
  /** The person writes by hand; without `published` it stays a draft. */
  write(title: string, published?: { at: number }): void;
}

export const ada = { key: 'aB3dE5gH7jK9mN1pQ3rS5tU7', id: 1_234 };

const names = new Set(['title', 'body_markdown', 'published', 'series', 'main_image', 'canonical_url', 'description', 'tags', 'organization_id', 'published_at', 'language']);

const refusal = (status: number, error: string, headers?: Record<string, string>): FakeAnswer => ({ status, body: { error, status }, ...(headers && { headers }) });

/** A Dev.to with one person, that takes nothing its documentation does not. */
export async function startFakeDevto({ now = Date.now }: { now?: () => number } = {}): Promise<FakeDevto> {
  let made = 100;

  const platform = await startFake([origin], () => (request) => {
    // Who does not say who it is does not come past the gate.
    if (!/^PostMaster \(\S+\)$/u.test(request.headers['user-agent'] ?? '')) return { status: 403, body: 'Forbidden Bots' };
    if (request.headers['accept'] !== 'application/vnd.forem.api-v1+json') return refusal(404, 'not found');
    const person = fake.people.get(request.headers['api-key'] ?? '');
    if (!person) return refusal(401, 'unauthorized');
    const call = `${request.method} ${request.path}`;
    if (call === 'GET /api/users/me') return { status: 200, body: { type_of: 'user', id: person.id, username: person.username, name: person.name, profile_image: 'https://media.example/ada.png' } };
    if (call === 'GET /api/articles/me/all') return list(request, person.id);
    if (call === 'POST /api/articles') return person.suspended ? refusal(403, 'forbidden') : create(request, person);
    return refusal(404, 'not found');
  });

  function list(request: FakeRequest, userId: number): FakeAnswer {
    if ([...request.query.keys()].some((name) => name !== 'per_page' && name !== 'page')) return refusal(422, 'unknown parameter');
    const own = fake.articles.filter((one) => one.userId === userId).toSorted((a, b) => (b.publishedAt ?? Infinity) - (a.publishedAt ?? Infinity) || b.id - a.id);
    return { status: 200, body: own.slice(0, Number(request.query.get('per_page') ?? 30)).map(shown) };
  }

  function create(request: FakeRequest, person: { id: number; username: string }): FakeAnswer {
    const lately = fake.articles.filter(({ userId, publishedAt }) => userId === person.id && publishedAt !== null && now() - publishedAt < 30_000);
    if (lately.length >= 10) return refusal(429, 'Rate limit reached, try again in 30 seconds', { 'retry-after': '30' });
    const { article, ...beside } = request.json() as { article?: Record<string, unknown> };
    if (article === undefined || Object.keys(beside).length > 0) return refusal(422, 'param is missing or the value is empty: article');
    const { title, body_markdown: body, tags = [], main_image: image, canonical_url: canonical, published } = article;
    const fault = faultOf(article);
    if (fault !== null || typeof title !== 'string' || typeof body !== 'string') return refusal(422, fault ?? 'Body markdown is invalid');
    fake.asked.push(article);
    if (fake.articles.some((one) => one.userId === person.id && one.title === title && one.body === body)) return refusal(422, 'Body markdown has already been taken');
    if (canonical !== undefined && fake.articles.some((one) => one.canonicalUrl === canonical)) return refusal(422, 'Canonical url has already been taken');
    const id = ++made;
    const one: FakeArticle = {
      id, userId: person.id, title, body, canonicalUrl: typeof canonical === 'string' ? canonical : null,
      url: `${origin}/${person.username}/article-${id}`, publishedAt: published === true ? now() : null,
    };
    fake.articles.push(one);
    if (published === true) platform.ledger.push({ id: String(id), text: `${title}\n${body}`, media: image === undefined ? [] : [{ alt: '' }] });
    return { status: 201, headers: { location: one.url }, body: { type_of: 'article', ...shown(one), tags } };
  }

  const fake: FakeDevto = Object.assign(platform, {
    people: new Map([[ada.key, { id: ada.id, username: 'ada', name: 'Ada', suspended: false }]]),
    articles: [] as FakeArticle[],
    asked: [] as Record<string, unknown>[],
    write: (title: string, published?: { at: number }) => {
      const id = ++made;
      fake.articles.push({ id, userId: ada.id, title, body: `By hand, number ${id}`, canonicalUrl: null, url: `${origin}/ada/article-${id}`, publishedAt: published?.at ?? null });
    },
  });
  return fake;
}

function shown({ id, title, url, canonicalUrl, publishedAt }: FakeArticle) {
  return { id, title, url, canonical_url: canonicalUrl ?? url, published: publishedAt !== null, published_at: publishedAt === null ? null : new Date(publishedAt).toISOString() };
}

/** What is wrong with an article, in the words of its model. */
function faultOf(article: Record<string, unknown>): string | null {
  const { title, body_markdown: body, tags = [], main_image: image, canonical_url: canonical, published } = article;
  const strange = Object.keys(article).find((name) => !names.has(name));
  if (strange !== undefined) return `found unpermitted parameter: :${strange}`;
  if (typeof title !== 'string' || title.trim() === '') return 'Title can\'t be blank';
  if (title.length > 128) return 'Title is too long (maximum is 128 characters)';
  // Front matter would win over the fields, and nothing of ours should ever send it.
  if (typeof body !== 'string' || body.trim() === '' || body.trimStart().startsWith('---\n')) return 'Body markdown is invalid';
  if (published !== undefined && typeof published !== 'boolean') return 'Published is invalid';
  if (!Array.isArray(tags) || tags.length > 4) return 'Tag list exceed the maximum of 4 tags';
  if (tags.some((tag) => typeof tag !== 'string' || !/^[a-z\d]+$/u.test(tag))) return 'Tag contains non-alphanumeric or prohibited unicode characters';
  if (tags.join(', ').length > 126) return 'Cached tag list is too long (maximum is 126 characters)';
  if (image !== undefined && !(typeof image === 'string' && image.startsWith('https://'))) return 'Main image is not a valid URL';
  if (canonical !== undefined && !(typeof canonical === 'string' && URL.canParse(canonical))) return 'Canonical url must not have spaces';
  return null;
}
