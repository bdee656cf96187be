import type { FastifyRequest } from 'fastify';
import { addMedia } from '../../actions/media/media.ts';
import type { Problem } from '../../domain/limits.ts';
import type { WebContext } from '../context.ts';
import { actorOf } from '../policy.ts';
import type { Draft } from './model/draft.ts';
import { edited } from './model/edited.ts';

/** Takes the files in that came with a composer form, each into the part or the option it was added to. */
export async function takeUploads(context: WebContext, request: FastifyRequest, draft: Draft): Promise<{ draft: Draft; problems: Problem[] }> {
  const problems: Problem[] = [];
  let taken = draft;
  for (const { field, name, file } of request.uploads) {
    const target = targetOf(field);
    if (target === null) continue;
    const added = 'message' in file ? { ok: false as const, problems: [file] } : await addMedia(context, actorOf(request), { name, file });
    if (added.ok) taken = edited(taken, 'attach', [target, added.media.id]);
    else problems.push(...added.problems.map((problem) => ({ ...problem, field: target, message: `${name}: ${problem.message}` })));
  }
  return { draft: taken, problems };
}

/** File fields are named after what they fill: `part.N.files`, `option.CHANNEL.NAME.file`. */
function targetOf(field: string): string | null {
  const part = /^part\.(\d{1,3})\.files$/u.exec(field);
  if (part) return `part.${part[1] ?? ''}.media`;
  const option = /^option\.([\da-f-]{36})\.([\w-]{1,64})\.file$/u.exec(field);
  return option ? `${option[1] ?? ''}.option.${option[2] ?? ''}` : null;
}
