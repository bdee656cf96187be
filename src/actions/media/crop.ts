import type { Actor } from '../../domain/actor.ts';
import type { Box } from '../../domain/pictures/crop.ts';
import { isVideo } from '../../domain/media.ts';
import { refused, type Result } from '../../domain/result.ts';
import { mediaRefusals as t } from '../../domain/texts/refusals/media.ts';
import { allows } from '../../billing/entitlements.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { cropImage } from '../../media/pictures/crop.ts';
import { isProblem } from '../../media/problem.ts';
import type { Media } from '../../store/media.ts';

/** Makes a new picture of a piece of one that is kept; its description goes along. The old one stays. */
export async function cropMedia(
  deps: Pick<Deps, 'store' | 'settings' | 'storage' | 'now'>, { workspaceId }: Actor, id: string, box: Box,
): Promise<Result<{ media: Media }>> {
  const source = await deps.store.media.get(workspaceId, id);
  return made(deps, source, { box, called: 'cropped' });
}

/** Makes a copy of a picture that is at most `side` pixels on its longer side. The old one stays. */
export async function shrinkMedia(deps: Pick<Deps, 'store' | 'settings' | 'storage' | 'now'>, { workspaceId }: Actor, id: string, side: number): Promise<Result<{ media: Media }>> {
  const source = await deps.store.media.get(workspaceId, id);
  const longer = Math.max(source?.width ?? 0, source?.height ?? 0);
  if (source && !(Number.isInteger(side) && side >= 16 && side < longer)) return refused('side', t.sideOutOfRange(longer - 1));
  return made(deps, source, { box: { x: 0, y: 0, width: source?.width ?? 0, height: source?.height ?? 0 }, side, called: 'smaller' });
}

async function made(
  deps: Pick<Deps, 'store' | 'settings' | 'storage' | 'now'>, source: Media | undefined, { box, side, called }: { box: Box; side?: number; called: string },
): Promise<Result<{ media: Media }>> {
  const { store, storage, now } = deps;
  if (!source) return refused('media', t.pictureGone);
  const { id, type, width, height, animated } = source;
  if (isVideo(type)) return refused('media', t.videoNotCropped);
  // A piece is not larger than the whole.
  const full = await allows(deps, source.workspaceId, { what: 'storage', bytes: source.bytes });
  if (full) return { ok: false, problems: [{ ...full, field: 'media' }] };
  const fresh = newId(now());
  const facts = await cropImage(storage, { id, type, width, height, animated }, box, fresh, side);
  if (isProblem(facts)) return refused('media', facts.message);
  const media: Media = { ...source, ...facts, id: fresh, name: nameOf(source.name, called), createdAt: now() };
  await store.media.add(media);
  return { ok: true, media };
}

/** "boat (cropped).jpg": each word once, however often it is cut. */
function nameOf(name: string, called: string): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  return `${stem.replace(` (${called})`, '').slice(0, 100)} (${called})${ending.slice(0, 10)}`;
}
