import * as z from 'zod';

// What clients of Postiz send (docs.postiz.com/public-api, read 2026-11-25). What is not named here is not looked at.

const file = z.object({ id: z.string().max(300).nullish(), path: z.string().max(4_000).nullish(), alt: z.string().max(10_000).nullish() });

const part = z.object({
  /** Of a post that is changed. */
  id: z.string().max(300).nullish(),
  content: z.string().max(100_000).nullish(),
  image: z.array(file).max(40).nullish(),
  /** Minutes. */
  delay: z.coerce.number().min(0).max(1_000_000).nullish(),
});

export const settings = z.record(z.string().max(200), z.unknown());

const post = z.object({
  integration: z.object({ id: z.string().max(300) }),
  value: z.array(part).min(1).max(100),
  group: z.string().max(300).nullish(),
  settings: settings.nullish(),
});

export const creation = z.object({
  type: z.enum(['draft', 'schedule', 'now', 'update']),
  date: z.string().max(60).nullish(),
  /** Days between repetitions. */
  inter: z.coerce.number().nullish(),
  posts: z.array(post).min(1).max(100),
});
export type Creation = z.infer<typeof creation>;

export const range = z.object({ startDate: z.string().max(60), endDate: z.string().max(60), customer: z.string().max(300).optional() });
export const statusChange = z.object({ status: z.enum(['draft', 'schedule']) });
export const settingsChange = z.object({ settings });
export const release = z.object({ releaseId: z.string().trim().min(1).max(2_000) });
export const fromUrl = z.object({ url: z.string().max(4_000) });
export const trigger = z.object({ methodName: z.string().max(200), data: z.unknown().optional() });
/** How many days back. */
export const days = z.object({ date: z.coerce.number().int().min(1).max(366).default(7) });
export const page = z.object({ page: z.coerce.number().int().min(0).max(100_000).default(0) });

/** An instant as ISO 8601 in UTC; times without a zone are UTC, as Postiz takes them. Null for what is no date. */
export function instantOf(text: string): string | null {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/iu.exec(text.trim());
  if (!found) return null;
  const [, day = '', time = '00:00', seconds = ':00', zone = 'Z'] = found;
  const at = Date.parse(`${day}T${time}${seconds.replace(/(\.\d{3})\d+$/u, '$1')}${zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/u, '$1:$2')}`);
  return Number.isNaN(at) || new Date(Date.parse(`${day}T00:00Z`)).toISOString().slice(0, 10) !== day ? null : new Date(at).toISOString();
}
