import type { FastifyReply, FastifyRequest } from 'fastify';
import { importMedia } from '../../actions/media/import-media.ts';
import { addressTexts, libraryTexts } from '../../domain/texts/writing/files.ts';
import { isId } from '../../lib/ids.ts';
import type { WebContext } from '../context.ts';
import type { FormData } from '../forms.ts';
import { sendPage } from '../page.tsx';
import { actorOf } from '../policy.ts';
import type { MediaItem } from './model/data.ts';
import { mostMedia, type Draft } from './model/draft.ts';
import { edited } from './model/edited.ts';
import { itemOf } from './state.ts';
import { AddressPage, isOption, LibraryPage, type LookedFor } from './view/media/library.tsx';

const pageOfForms = 60;

/** What the library is looked through for, as an address or a form says it. */
export function lookedOf({ q, kind, label }: { q?: unknown; kind?: unknown; label?: unknown }): LookedFor {
  return { words: typeof q === 'string' ? q.trim().slice(0, 100) : '', kind: kind === 'image' || kind === 'video' ? kind : '', labelId: isId(label) ? label : '' };
}

/** A page of the library, and where the next one begins. */
export async function libraryPageOf({ store }: WebContext, workspaceId: string, { words, kind, labelId }: LookedFor, before: unknown, size: number): Promise<{ items: MediaItem[]; next: string | null }> {
  const found = await store.library.find(workspaceId, { words, kind: kind || null, unused: false, labelId: labelId || null, before: isId(before) ? before : null, limit: size + 1 });
  return { items: found.slice(0, size).map(itemOf), next: found.length > size ? (found[size - 1]?.id ?? null) : null };
}

/** The library in the middle of writing: for what, where the page before ended, what is looked for, and what is chosen already. */
export async function libraryIn(context: WebContext, request: FastifyRequest, reply: FastifyReply, draft: Draft, [target = '', before = '']: readonly string[], form: FormData) {
  const { workspaceId } = actorOf(request);
  const looked = lookedOf({ q: form.one('q'), kind: isOption(target) ? 'image' : form.one('pick-kind'), label: form.one('pick-label') });
  const { items, next } = await libraryPageOf(context, workspaceId, looked, before, pageOfForms);
  const chosen = [...new Set(form.many('pick').filter(isId))].slice(0, mostMedia);
  const [picked, labels] = [(await context.store.media.many(workspaceId, chosen)).map(itemOf), await context.store.labels.list(workspaceId)];
  return sendPage(context, request, reply, {
    title: libraryTexts.title, current: '/posts',
    body: ({ csrf }) => <LibraryPage draft={draft} csrf={csrf} target={target} items={items} next={next} looked={looked} labels={labels} picked={picked} />,
  });
}

/** Asks for the address of a file in the middle of writing. */
export function addressIn(context: WebContext, request: FastifyRequest, reply: FastifyReply, draft: Draft, target: string, typed = '', problem = '') {
  return sendPage(context, request, reply, {
    title: addressTexts.title, current: '/posts', status: problem === '' ? 200 : 422,
    body: ({ csrf }) => <AddressPage draft={draft} csrf={csrf} target={target} typed={typed} problem={problem} />,
  });
}

/** Fetches the file of that address and puts it where it was meant; what does not work is said beside it. */
export async function fetched(context: WebContext, request: FastifyRequest, reply: FastifyReply, draft: Draft, form: FormData, composer: (draft: Draft) => Promise<FastifyReply>) {
  const [target, typed] = [form.one('target'), form.one('url')];
  const done = await importMedia(context, actorOf(request), typed);
  if (!done.ok) return addressIn(context, request, reply, draft, target, typed, done.problems[0]?.message ?? addressTexts.failed);
  return composer(edited(draft, 'attach', [target, done.media.id]));
}
