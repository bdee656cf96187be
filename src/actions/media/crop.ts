import type { Actor } from '../../domain/actor.ts';
import type { Box } from '../../domain/crop.ts';
import { isVideo } from '../../domain/media.ts';
import { refused, type Result } from '../../domain/result.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { cropImage } from '../../media/crop.ts';
import { isProblem } from '../../media/problem.ts';
import type { Media } from '../../store/media.ts';

/** Makes a new picture of a piece of one that is kept; its description goes along. The old one stays. */
export async function cropMedia(
  { store, storage, now }: Pick<Deps, 'store' | 'storage' | 'now'>, { workspaceId }: Actor, id: string, box: Box,
): Promise<Result<{ media: Media }>> {
  const source = await store.media.get(workspaceId, id);
  if (!source) return refused('media', 'This picture is no longer there.');
  const { type, width, height, animated } = source;
  if (isVideo(type)) return refused('media', 'A video cannot be cropped here.');
  const made = newId(now());
  const facts = await cropImage(storage, { id, type, width, height, animated }, box, made);
  if (isProblem(facts)) return refused('media', facts.message);
  const media: Media = { ...source, ...facts, id: made, name: croppedName(source.name), createdAt: now() };
  await store.media.add(media);
  return { ok: true, media };
}

function croppedName(name: string): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  return `${stem.replace(/ \(cropped\)$/u, '').slice(0, 100)} (cropped)${ending.slice(0, 10)}`;
}
