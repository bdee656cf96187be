import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { dropAutosave } from '../../actions/posts/autosave.ts';
import { createAsk } from '../../actions/posts/composing.ts';
import { nextFreeMinute } from '../../actions/posts/next-free.ts';
import { savePost } from '../../actions/posts/save-post.ts';
import type { Problem } from '../../domain/limits.ts';
import { momentOf, shiftNote, wallOf } from '../../domain/time/schedule.ts';
import { composerTexts as t } from '../../domain/texts/writing/composer.ts';
import { isId, newId } from '../../lib/ids.ts';
import type { Autosave } from '../../store/posts/autosaves.ts';
import type { Post } from '../../store/posts.ts';
import type { WebContext } from '../context.ts';
import { formOf, type FormData } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { placeOf, timeText } from '../words/time.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf, workspaceOf } from '../posts/routes.tsx';
import { resumed } from './autosave.ts';
import { undoOf } from '../posts/undo.ts';
import { postElsewhere } from '../workspaces/elsewhere.tsx';
import { Composer } from './view/composer.tsx';
import { Unsaved } from './view/unsaved.tsx';
import type { ComposerState } from './model/data.ts';
import { draftFor, draftOfPost, newDraft, type Draft } from './model/draft.ts';
import { edited } from './model/edited.ts';
import { draftOfForm, inputOf, intentOf, savingIntents } from './model/form.ts';
import { cropInPost, cropped, croppedNow } from './side-pages.tsx';
import { addressIn, fetched, libraryIn, libraryPageOf, lookedOf } from './library-pages.tsx';
import { itemOf, stateOf } from './state.ts';
import { takeUploads } from './uploads.ts';

const edit: { policy: Policy } = { policy: { member: 'editor' } };
/** A page waits a little for networks that are asked; the script goes on asking, or a button does. */
const pagePatienceMs = 1_000;
const buttonPatienceMs = 8_000;
const libraryPage = 24;
const mostUnsaved = 3;

export interface Told {
  problems: readonly Problem[];
  refused?: ComposerState['refused'];
  status?: number;
  patienceMs?: number;
  /** Under which what is typed is kept; a new id unless told. */
  autosave?: string;
  /** What was typed on other pages and is not saved. */
  unsaved?: readonly Autosave[];
}

export function composerRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers, now } = context;
  const ask = createAsk(context);

  async function composerPage(request: FastifyRequest, reply: FastifyReply, draft: Draft, told: Told = { problems: [] }) {
    const { problems, refused = null, status = 200, patienceMs = pagePatienceMs, unsaved = [] } = told;
    const typedUnder = formOf(request.body).one('autosave');
    const autosave = told.autosave ?? (isId(typedUnder) ? typedUnder : newId(now()));
    const { workspaceId, userId } = actorOf(request);
    const state = await stateOf(context, ask, { workspaceId, userId, draft, told: problems, refused, csrf: '', owner: `${userId} ${workspaceId}`, autosave, typed: request.method === 'POST', patienceMs });
    return sendPage(context, request, reply, {
      title: draft.postId ? t.editPost : t.newPost, current: '/posts', status, islands: ['composer'],
      body: ({ csrf, workspace }) => {
        const drawn = { ...state, data: { ...state.data, csrf } };
        return (
          <>
            <Unsaved found={unsaved} zone={workspace.zone} csrf={csrf} />
            <div id="composer" data-state={JSON.stringify(drawn)} data-emoji={context.manifest('emoji.json')}><Composer state={drawn} /></div>
          </>
        );
      },
    });
  }

  /** A saved post as a draft, every instant in the workspace's wall time. */
  async function draftOf(workspaceId: string, post: Post, zone: string): Promise<Draft> {
    const fields = new Map((await store.channels.list(workspaceId)).map((channel) => [channel.id, providers.get(channel.provider)?.fields ?? []]));
    const draft = draftOfPost(post, post.at === null ? '' : wallOf(post.at, zone), zone, {
      wallOf: (at) => wallOf(at, zone), fieldsOf: (channelId) => fields.get(channelId) ?? [],
    });
    return { ...draft, labels: await store.labels.ofPost(workspaceId, post.id) };
  }

  server.get('/posts/new', { config: edit }, async (request, reply) => {
    const { workspaceId, userId } = actorOf(request);
    const { zone } = await workspaceOf(context, workspaceId);
    const { resume } = request.query as { resume?: unknown };
    const again = await resumed(context, actorOf(request), resume, zone);
    if (again && isId(resume)) return composerPage(request, reply, again, { problems: [], autosave: resume });
    const usable = (await store.channels.list(workspaceId)).filter(({ connectionStatus }) => connectionStatus !== 'revoked');
    const { at, from, channel, group, label, media } = request.query as Record<'at' | 'from' | 'channel' | 'group' | 'label' | 'media', unknown>;
    const source = typeof from === 'string' ? await store.posts.get(workspaceId, from) : undefined;
    if (source && source.contentDeletedAt !== null) return contentGone(reply, source);
    if (source && isId(channel)) {
      return composerPage(request, reply, draftFor(await draftOf(workspaceId, source, zone), channel, nextHour(now(), zone)));
    }
    // The plus of a day says nine, which may be over on the day itself.
    const asked = typeof at === 'string' ? momentOf(at, zone) : null;
    const wall = asked && asked.at > now() ? asked.wall : nextHour(now(), zone);
    const unsaved = await store.autosaves.latest(workspaceId, userId, null, mostUnsaved);
    // Whoever looks at one channel, client or label writes for it.
    const meant = usable.filter(({ id, groupId }) => (channel === undefined ? groupId !== null && groupId === group : id === channel));
    const labels = (await store.labels.list(workspaceId)).filter(({ id }) => id === label).map(({ id }) => id);
    const draft = { ...newDraft((usable.length === 1 ? usable : meant).map(({ id }) => id), wall, zone), labels };
    const file = isId(media) ? await store.media.get(workspaceId, media) : undefined;
    return composerPage(request, reply, file ? edited(draft, 'attach', ['part.0.media', file.id]) : draft, { problems: [], unsaved });
  });

  server.get('/posts/:id/edit', { config: edit }, async (request, reply) => {
    const { workspaceId, userId } = actorOf(request);
    const post = await store.posts.get(workspaceId, idOf(request));
    if (!post) return postElsewhere(context, request, reply, idOf(request));
    if (post.contentDeletedAt !== null) return contentGone(reply, post);
    const { zone } = await workspaceOf(context, workspaceId);
    const { resume } = request.query as { resume?: unknown };
    const again = await resumed(context, actorOf(request), resume, zone);
    if (again?.postId === post.id && isId(resume)) return composerPage(request, reply, again, { problems: [], autosave: resume });
    const unsaved = await store.autosaves.latest(workspaceId, userId, post.id, mostUnsaved);
    return composerPage(request, reply, await draftOf(workspaceId, post, zone), { problems: [], unsaved });
  });

  async function submitted(request: FastifyRequest, reply: FastifyReply, postId: string | null) {
    const actor = actorOf(request);
    const { zone } = await workspaceOf(context, actor.workspaceId);
    const form = formOf(request.body);
    const typed = draftOfForm(form, postId, zone);
    const { intent, objects } = intentOf(form.one('intent'));
    if (postId !== null && intent !== 'copy' && !(await store.posts.get(actor.workspaceId, postId))) {
      // Only a page of a post has its version: somebody deleted it meanwhile, and what was written is not lost with it.
      if (typed.version === null) return reply.callNotFound();
      return composerPage(request, reply, { ...typed, postId: null, version: null }, { problems: [{ field: '', message: t.newInItsPlace }], status: 422, autosave: newId(now()) });
    }
    const { draft, problems } = await takeUploads(context, request, typed);
    if (problems.length > 0) return composerPage(request, reply, draft, { problems, status: 422 });
    if (intent === 'copy') return save(request, reply, { ...draft, postId: null, version: null }, 'draft');
    const saving = savingIntents.find((one) => one === intent);
    // The same hour is another moment by now, and nobody meant that one.
    const moved = form.has('zone') && form.one('zone') !== zone;
    if (saving && moved) return composerPage(request, reply, draft, { problems: [{ field: 'wall', message: t.zoneChanged(placeOf(zone)) }], refused: saving, status: 422 });
    if (saving) return save(request, reply, draft, saving);
    return change(request, reply, form, draft, intent, objects);
  }

  async function save(request: FastifyRequest, reply: FastifyReply, draft: Draft, intent: (typeof savingIntents)[number]) {
    const typedUnder = formOf(request.body).one('autosave');
    const saved = await savePost({ ...context, ask }, actorOf(request), { ...inputOf(draft, intent), ...(isId(typedUnder) && { pageId: typedUnder }) });
    if (!saved.ok) return composerPage(request, reply, draft, { problems: saved.problems, refused: intent, status: 422 });
    const { moment, postId, warnings, undo } = saved;
    if (isId(typedUnder)) await dropAutosave(context, actorOf(request), typedUnder);
    const notes = [moment && shiftNote(moment), ...warnings.filter(({ field, twin }) => twin || field.includes('.option.')).map(({ message }) => message)].filter(Boolean).join(' ');
    flash(reply, [intent === 'draft' ? t.draftSaved : intent === 'now' ? t.underWay : t.scheduled(moment ? timeText(moment.at, draft.zone) : ''), notes].join(' ').trim(), undoOf(undo));
    return reply.redirect(intent === 'draft' ? `/posts/${postId}/edit` : `/posts/${postId}`, 303);
  }

  /** What a button changes in the draft without saving it. */
  async function change(request: FastifyRequest, reply: FastifyReply, form: FormData, draft: Draft, intent: string, objects: readonly string[]) {
    const actor = actorOf(request);
    const [first = '', second = ''] = objects;
    switch (intent) {
      case 'next_free':
        return composerPage(request, reply, { ...draft, wall: await nextFreeMinute(context, actor, draft.zone) });
      case 'ask':
        return composerPage(request, reply, draft, { problems: [], patienceMs: buttonPatienceMs });
      case 'tags': {
        const set = (await store.hashtags.sets(actor.workspaceId)).find(({ id }) => id === second);
        return composerPage(request, reply, set ? edited(draft, 'tags', [first, set.tags.join(' ')]) : draft);
      }
      case 'library':
        return libraryIn(context, request, reply, draft, objects, form);
      case 'picked': {
        const target = form.one('target');
        return composerPage(request, reply, form.many('pick').reduce((sum, id) => edited(sum, 'attach', [target, id]), draft));
      }
      case 'address':
        return addressIn(context, request, reply, draft, first);
      case 'fetched':
        return fetched(context, request, reply, draft, form, (done) => composerPage(request, reply, done));
      case 'crop_now': {
        const done = await croppedNow(context, actor, draft, objects);
        return composerPage(request, reply, done.draft, { problems: done.problems, status: done.problems.length > 0 ? 422 : 200 });
      }
      case 'crop':
        return cropInPost(context, request, reply, draft, objects);
      case 'cropped': {
        const done = await cropped(context, actor, draft, form);
        return composerPage(request, reply, done.draft, { problems: done.problems, status: done.problems.length > 0 ? 422 : 200 });
      }
      default:
        return composerPage(request, reply, edited(draft, intent, objects));
    }
  }

  server.post('/posts', { config: edit }, (request, reply) => submitted(request, reply, null));
  server.post('/posts/:id', { config: edit }, (request, reply) => submitted(request, reply, idOf(request)));

  server.get('/posts/composing/:channel', { config: edit }, async (request, reply) => {
    const { workspaceId } = actorOf(request);
    const channel = await store.channels.get(workspaceId, (request.params as { channel: string }).channel);
    const provider = channel && providers.get(channel.provider);
    if (!channel || channel.removedAt !== null || !provider) return reply.callNotFound();
    return reply.send(await ask(workspaceId, channel, provider));
  });

  /** Files of the library for scripts: a page of them, or the one with this id. */
  server.get('/posts/library', { config: edit }, async (request, reply) => {
    const { workspaceId } = actorOf(request);
    const query = request.query as Record<string, unknown>;
    if (isId(query['id'])) return reply.send({ items: (await store.media.many(workspaceId, [query['id']])).map(itemOf), next: null });
    return reply.send(await libraryPageOf(context, workspaceId, lookedOf(query), query['before'], libraryPage));
  });

  server.get('/posts/next-free', { config: edit }, async (request, reply) => {
    const actor = actorOf(request);
    const { zone } = await workspaceOf(context, actor.workspaceId);
    return reply.send({ wall: await nextFreeMinute(context, actor, zone) });
  });
}

/** There is nothing left to write on: the post's page says why. */
function contentGone(reply: FastifyReply, { id }: Post) {
  flash(reply, t.contentGone);
  return reply.redirect(`/posts/${id}`, 303);
}

function nextHour(now: number, zone: string): string {
  return `${wallOf(now + 3_600_000, zone).slice(0, 13)}:00`;
}
