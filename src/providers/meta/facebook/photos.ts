import type { MultipartPart } from '../../body.ts';
import type { PostImage } from '../../contract.ts';
import { graph } from '../graph.ts';
import { timeFor } from '../upload.ts';
import { errors } from './errors.ts';
import { pictures } from './limits.ts';
import type { Doing } from './session.ts';
import { made } from './wire.ts';

/** Facebook throws away what is in no post after about 24 hours (page/photos, 2026-09-11). */
const keptMs = 20 * 60 * 60 * 1000;

/** The id of an unpublished photo; another when the post waited so long that Facebook has dropped the first. */
export async function photoOf(doing: Doing, image: PostImage, name: string): Promise<string> {
  const { step, io } = doing;
  for (let n = 1; ; n += 1) {
    const { id, at } = await step.run(n === 1 ? name : `${name}-again-${n}`, async () => ({ id: await upload(doing, image), at: io.now() }));
    if (io.now() - at < keptMs) return id;
  }
}

async function upload({ page, io }: Doing, { mediaId, alt }: PostImage): Promise<string> {
  const file = await io.image(mediaId, pictures);
  const description = alt.trim();
  const multipart: MultipartPart[] = [
    { name: 'published', value: 'false' },
    ...(description === '' ? [] : [{ name: 'alt_text_custom', value: description }]),
    { name: 'source', filename: file.name, type: file.type, size: file.size, open: () => file.open() },
  ];
  const answer = await graph(io, { method: 'POST', path: `${page.id}/photos`, ...page, errors, body: { multipart }, timeoutMs: timeFor(file.size) });
  return answer.read(made).id;
}
