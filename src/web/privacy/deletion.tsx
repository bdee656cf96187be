import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { deleteAccount, deleteWorkspace } from '../../actions/privacy/ask-deletion.ts';
import type { Problem } from '../../domain/limits.ts';
import { graceMs } from '../../domain/promise/privacy.ts';
import { leavingTexts as t } from '../../domain/texts/people/leaving.ts';
import type { Erasure } from '../../store/privacy/erasures.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { timeText } from '../words/time.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { DeleteAccountPage, DeleteWorkspacePage, type Typed } from './deletion-pages.tsx';

const owner: { policy: Policy } = { policy: { member: 'owner' } };

/** Deleting an account or a workspace: what goes, what stays and why, and the proof that it is meant. */
export function deletionRoutes(server: FastifyInstance, context: WebContext) {
  const { store, sessionCookie, now } = context;

  async function accountPage(request: FastifyRequest, reply: FastifyReply, typed: Typed, problems: readonly Problem[] = []) {
    const { userId, operator } = actorOf(request);
    const owned = await store.erasures.owned(userId);
    const needsSuccessor = await store.erasures.operatorIsNeeded(userId);
    return sendPage(context, request, reply, {
      title: t.deleteAccount, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace }) => (
        <div class="privacy">
          <PageHead title={t.deleteAccount} />
          <SettingsTabs current="/settings/privacy" operator={operator} />
          <DeleteAccountPage csrf={csrf} owned={owned} needsSuccessor={needsSuccessor} problems={problems} typed={typed} until={timeText(now() + graceMs, workspace.zone, now())} />
        </div>
      ),
    });
  }

  async function workspacePage(request: FastifyRequest, reply: FastifyReply, typed: Typed, problems: readonly Problem[] = []) {
    const { userId, workspaceId, operator } = actorOf(request);
    const others = await store.erasures.others(workspaceId, userId);
    return sendPage(context, request, reply, {
      title: t.deleteWorkspaceTitle, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace }) => (
        <div class="privacy">
          <PageHead title={<>{t.deleteNamed(workspace.name)}</>} />
          <SettingsTabs current="/settings/privacy" operator={operator} />
          <DeleteWorkspacePage csrf={csrf} workspace={workspace} others={others} problems={problems} typed={typed} until={timeText(now() + graceMs, workspace.zone, now())} />
        </div>
      ),
    });
  }

  const typedIn = (request: FastifyRequest): Typed => {
    const form = formOf(request.body);
    return {
      atOnce: form.one('when') === 'now', understood: form.has('understood'), name: form.one('name'), successor: form.one('successor'),
      handOver: new Map(form.under('to.').map((id) => [id, form.one(`to.${id}`)])),
    };
  };

  async function done(request: FastifyRequest, reply: FastifyReply, erasure: Erasure, atOnce: boolean) {
    if (atOnce) {
      if (erasure.kind === 'account') await sessionCookie.end(request, reply);
      return reply.redirect(`/data-deletion/${erasure.code}`, 303);
    }
    flash(reply, erasure.kind === 'account' ? t.accountAnnounced : t.workspaceAnnounced);
    return reply.redirect('/settings/privacy', 303);
  }

  const blank: Typed = { atOnce: false, understood: false, name: '', successor: '', handOver: new Map() };

  server.get('/settings/delete-account', { config: { policy: { member: 'viewer' } } }, (request, reply) => accountPage(request, reply, blank));
  server.post('/settings/delete-account', { config: { policy: { member: 'viewer' } } }, async (request, reply) => {
    const typed = typedIn(request);
    const asked = await deleteAccount(context, actorOf(request), { ...typed, password: formOf(request.body).one('password'), ip: request.ip });
    return asked.ok ? done(request, reply, asked.erasure, typed.atOnce) : accountPage(request, reply, typed, asked.problems);
  });

  server.get('/settings/delete-workspace', { config: owner }, (request, reply) => workspacePage(request, reply, blank));
  server.post('/settings/delete-workspace', { config: owner }, async (request, reply) => {
    const typed = typedIn(request);
    const asked = await deleteWorkspace(context, actorOf(request), { ...typed, password: formOf(request.body).one('password'), ip: request.ip });
    return asked.ok ? done(request, reply, asked.erasure, typed.atOnce) : workspacePage(request, reply, typed, asked.problems);
  });
}
