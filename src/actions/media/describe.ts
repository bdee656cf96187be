import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { mediaRefusals as t } from '../../domain/texts/refusals/media.ts';
import type { Deps } from '../../deps.ts';

/** Most characters of a file's name and of its description. */
export const longestName = 120;
export const longestAlt = 2_000;

/** Says what a file is called, and what is in it for whoever cannot see it. Posts that have words of their own for it keep them. */
export async function describeMedia({ store }: Pick<Deps, 'store'>, { workspaceId }: Actor, id: string, input: { name: string; alt: string }): Promise<Result> {
  const name = input.name.replaceAll(/[\p{Cc}\p{Cf}/\\]/gu, '').trim();
  const alt = input.alt.trim();
  if (name === '') return refused('name', t.nameMissing);
  if (name.length > longestName) return refused('name', t.nameTooLong(longestName));
  if (alt.length > longestAlt) return refused('alt', t.descriptionTooLong(longestAlt));
  return (await store.library.describe(workspaceId, id, { name, alt })) ? { ok: true } : refused('', t.fileGone);
}
