import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { beginImport, keepArchive, previewImport } from '../../actions/portability/ask-import.ts';
import { openCopy } from '../../actions/portability/files.ts';
import type { Problem } from '../../domain/limits.ts';
import { leavingTexts as t } from '../../domain/texts/people/leaving.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ImportPage, ImportPreview, ImportState } from './import-pages.tsx';

const admin: { policy: Policy } = { policy: { member: 'admin' } };

/** Fetching a copy, and bringing the copy of a workspace in. */
export function portabilityRoutes(server: FastifyInstance, context: WebContext) {
  const { store, now } = context;

  /** The address alone is not enough: it is for whoever asked for the copy, logged in. */
  server.get('/settings/exports/:reference', { config: { policy: 'signed_in', secretAddress: true } }, async (request, reply) => {
    const { userId } = actorOf(request);
    const copy = await store.copies.byReference((request.params as { reference: string }).reference);
    const file = copy?.userId === userId && copy.state === 'ready' && (copy.expiresAt ?? 0) > now() ? await openCopy(context, copy.id) : null;
    if (!copy || !file) throw new NowhereError();
    const name = `post-master-${copy.workspaceId === null ? 'about-you' : 'workspace'}-${new Date(copy.createdAt).toISOString().slice(0, 10)}.zip`;
    return reply.headers({ 'content-length': file.size, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' }).type('application/zip').send(file.stream);
  });

  async function importPage(request: FastifyRequest, reply: FastifyReply, problems: readonly Problem[] = []) {
    const { workspaceId, operator } = actorOf(request);
    const latest = await store.imports.latest(workspaceId, 10);
    return sendPage(context, request, reply, {
      title: t.bringIn, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: (view) => (
        <div class="privacy">
          <PageHead title={t.bringIn} />
          <SettingsTabs current="/settings/privacy" operator={operator} />
          <ImportPage view={view} latest={latest} problems={problems} />
        </div>
      ),
    });
  }

  server.get('/settings/import', { config: admin }, (request, reply) => importPage(request, reply));

  server.post('/settings/import', { config: { ...admin, archives: true } }, async (request, reply) => {
    const upload = request.uploads.find(({ field }) => field === 'archive');
    if (!upload) return importPage(request, reply, [{ field: 'archive', message: t.fileMissing }]);
    if ('message' in upload.file) return importPage(request, reply, [{ field: 'archive', message: upload.file.message }]);
    const kept = await keepArchive(context, actorOf(request), upload.file);
    return kept.ok ? reply.redirect(`/settings/import/${kept.id}`, 303) : importPage(request, reply, kept.problems);
  });

  async function onePage(request: FastifyRequest, reply: FastifyReply, problems: readonly Problem[] = []) {
    const { workspaceId, operator } = actorOf(request);
    const row = await store.imports.get(workspaceId, idOf(request));
    if (!row) return reply.callNotFound();
    const seen = row.state === 'shown' ? await previewImport(context, row) : null;
    if (seen && !seen.ok) return importPage(request, reply, seen.problems);
    const channels = await store.channels.list(workspaceId);
    return sendPage(context, request, reply, {
      title: t.bringIn, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: (view) => (
        <div class="privacy">
          <PageHead title={t.bringIn} />
          <SettingsTabs current="/settings/privacy" operator={operator} />
          {seen ? <ImportPreview view={view} id={row.id} preview={seen.preview} channels={channels} providers={context.providers} problems={problems} /> : <ImportState view={view} row={row} />}
        </div>
      ),
    });
  }

  server.get('/settings/import/:id', { config: admin }, (request, reply) => onePage(request, reply));

  server.post('/settings/import/:id', { config: admin }, async (request, reply) => {
    const actor = actorOf(request);
    const row = await store.imports.get(actor.workspaceId, idOf(request));
    if (!row) return reply.callNotFound();
    const form = formOf(request.body);
    const channels = new Map(form.under('channel.').map((id) => [id, form.one(`channel.${id}`)]));
    const begun = await beginImport(context, actor, row, { channels, withPublished: form.has('published') });
    if (!begun.ok) return onePage(request, reply, begun.problems);
    flash(reply, t.beingTakenIn);
    return reply.redirect(`/settings/import/${row.id}`, 303);
  });
}

/** Not `callNotFound`, after which the route is forgotten, and with it that its address is kept out of the log. */
class NowhereError extends Error {
  readonly statusCode = 404;
}
