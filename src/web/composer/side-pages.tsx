import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cropMedia } from '../../actions/media/crop.ts';
import type { Actor } from '../../domain/actor.ts';
import { nearestBox, type Box } from '../../domain/pictures/crop.ts';
import type { Problem } from '../../domain/limits.ts';
import type { ImageFacts } from '../../domain/media.ts';
import { cropTexts as t } from '../../domain/texts/writing/files.ts';
import { isId } from '../../lib/ids.ts';
import type { WebContext } from '../context.ts';
import { formOf, type FormData } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { aspectOf, boxFrom, CropInPost, CropPage } from './view/media/crop.tsx';
import type { Draft } from './model/draft.ts';
import { edited } from './model/edited.ts';
import { itemOf } from './state.ts';

const edit: { policy: Policy } = { policy: { member: 'editor' } };

/** The crop in the middle of writing: what (`TARGET`, medium, shapes), and for which channel. */
export async function cropInPost(context: WebContext, request: FastifyRequest, reply: FastifyReply, draft: Draft, [target = '', mediaId = '', shapes = '', channelId = '']: readonly string[]) {
  const { workspaceId } = actorOf(request);
  const facts = await pictureOf(context, workspaceId, mediaId);
  const channel = (await context.store.channels.list(workspaceId)).find(({ id }) => id === channelId && draft.channelIds.includes(id));
  if (!facts) return reply.callNotFound();
  return sendPage(context, request, reply, {
    title: t.title, current: '/posts',
    body: ({ csrf }) => (
      <CropInPost draft={draft} csrf={csrf} facts={facts} aspect={aspectOf(shapes)} target={target} channel={channel} others={draft.channelIds.length > 1} />
    ),
  });
}

/** Puts the piece in the picture's place, as the crop page was told. */
export async function cropped(context: WebContext, actor: Actor, draft: Draft, form: FormData): Promise<{ draft: Draft; problems: Problem[] }> {
  const [target, mediaId] = [form.one('crop.target'), form.one('crop.media')];
  const facts = await pictureOf(context, actor.workspaceId, mediaId);
  const box = facts && boxFrom(facts, aspectOf(form.one('crop.for')), form.one('ratio'), form.one('place'));
  if (!box) return { draft, problems: [{ field: target, message: t.chooseShape }] };
  const done = await cropMedia(context, actor, mediaId, box);
  if (!done.ok) return { draft, problems: done.problems.map(({ message }) => ({ field: target, message })) };
  return { draft: edited(draft, 'replace', [target, mediaId, done.media.id, form.one('crop.where')]), problems: [] };
}

/** The piece that loses least in the picture's place: for the channel alone where there are others. */
export async function croppedNow(context: WebContext, actor: Actor, draft: Draft, [target = '', mediaId = '', shapes = '', channelId = '']: readonly string[]): Promise<{ draft: Draft; problems: Problem[] }> {
  const facts = await pictureOf(context, actor.workspaceId, mediaId);
  if (!facts) return { draft, problems: [{ field: target, message: t.failed }] };
  const done = await cropMedia(context, actor, mediaId, nearestBox(facts, aspectOf(shapes)));
  if (!done.ok) return { draft, problems: done.problems.map(({ message }) => ({ field: target, message })) };
  return { draft: edited(draft, 'replace', [target, mediaId, done.media.id, draft.channelIds.length > 1 ? channelId : 'all']), problems: [] };
}

/** Cropping on its own, for the library and for scripts. */
export function cropRoutes(server: FastifyInstance, context: WebContext) {
  server.get('/media/:id/crop', { config: edit }, async (request, reply) => {
    const facts = await pictureOf(context, actorOf(request).workspaceId, idOf(request));
    const { for: shapes } = request.query as { for?: unknown };
    if (!facts) return reply.callNotFound();
    return sendPage(context, request, reply, {
      title: t.title, current: '/media',
      body: ({ csrf }) => <CropPage csrf={csrf} facts={facts} aspect={aspectOf(typeof shapes === 'string' ? shapes : '')} />,
    });
  });

  server.post('/media/:id/crop', { config: edit }, async (request, reply) => {
    const actor = actorOf(request);
    const form = formOf(request.body);
    const facts = await pictureOf(context, actor.workspaceId, idOf(request));
    if (!facts) return reply.callNotFound();
    const box = form.has('width') ? boxOfForm(form) : boxFrom(facts, aspectOf(form.one('for')), form.one('ratio'), form.one('place'));
    const done = box ? await cropMedia(context, actor, facts.mediaId, box) : { ok: false as const, problems: [{ field: 'media', message: t.chooseShape }] };
    if (request.headers.accept?.includes('application/json')) {
      return done.ok ? reply.code(201).send({ item: itemOf(done.media), problems: [] }) : reply.code(422).send({ problems: done.problems });
    }
    flash(reply, done.ok ? t.done : (done.problems[0]?.message ?? ''));
    return reply.redirect(done.ok ? '/media' : `/media/${facts.mediaId}/crop`, 303);
  });
}

function boxOfForm(form: FormData): Box {
  const [x = NaN, y = NaN, width = NaN, height = NaN] = ['x', 'y', 'width', 'height'].map((name) => Number(form.one(name)));
  return { x, y, width, height };
}

async function pictureOf({ store }: WebContext, workspaceId: string, id: string): Promise<ImageFacts | undefined> {
  const file = isId(id) ? await store.media.get(workspaceId, id) : undefined;
  const facts = file && itemOf(file).facts;
  return facts?.kind === 'image' ? facts : undefined;
}
