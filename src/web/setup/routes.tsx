import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { leaveAt, passStep } from '../../actions/people/first-run.ts';
import { updateWorkspace } from '../../actions/workspaces/update-workspace.ts';
import { isSetupStep, stepsOf, type SetupStep } from '../../domain/instance/first-run.ts';
import type { Problem } from '../../domain/limits.ts';
import { setupTexts as t } from '../../domain/texts/instance/setup.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { allowFormsToNetworks } from '../headers.ts';
import { flash, sendPage, type View } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { checklistRoutes } from './checklist-routes.ts';
import { pathOf, StepPage, type StepPageProps } from './frame.tsx';
import { instanceSteps } from './instance.tsx';
import { NetworksStep } from './networks.tsx';
import { FirstPost, WorkspaceForm } from './own.tsx';
import { standingOf } from './state.ts';

const admin: { policy: Policy } = { policy: { member: 'admin' } };
const editor: { policy: Policy } = { policy: { member: 'editor' } };
const anybody: { policy: Policy } = { policy: 'signed_in' };

export type StepContent = Omit<StepPageProps, 'step' | 'standing' | 'csrf'>;

/** Shows a step with what `content` gives for it. */
export type ShowStep = (
  request: FastifyRequest, reply: FastifyReply, step: SetupStep, content: (view: View) => StepContent, more?: { status?: number; islands?: readonly string[] },
) => Promise<FastifyReply>;

/** Setting up, step by step: each has its page, and where one left off is remembered when one goes on. */
export function setupRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers } = context;

  const show: ShowStep = async (request, reply, step, content, more = {}) => {
    const standing = await standingOf(context, actorOf(request));
    return sendPage(context, request, reply, {
      title: `${t.title}: ${t.names[step]}`, current: '', ...more,
      body: (view) => <StepPage step={step} standing={standing} csrf={view.csrf} {...content(view)} />,
    });
  };

  /** Keeps that a person has passed a step, and leads to the next one. */
  async function pass(request: FastifyRequest, reply: FastifyReply, from: SetupStep, skipped: boolean): Promise<FastifyReply> {
    const next = await passStep(context, actorOf(request), from, skipped);
    if (next) return reply.redirect(pathOf(next), 303);
    flash(reply, t.post.finished);
    return reply.redirect('/', 303);
  }

  server.get('/setup', { config: anybody }, async (request, reply) => {
    const { steps, at } = await standingOf(context, actorOf(request));
    const step = at ?? steps.find(({ state }) => state === 'open')?.id ?? steps[0]?.id;
    return reply.redirect(step && steps.some(({ id }) => id === step) ? pathOf(step) : '/', 303);
  });

  server.post('/setup/go', { config: anybody }, async (request, reply) => {
    const form = formOf(request.body);
    const from = form.one('from');
    const actor = actorOf(request);
    if (!isSetupStep(from) || !stepsOf(actor).includes(from)) return reply.redirect('/setup', 303);
    if (form.one('to') !== 'later') return pass(request, reply, from, form.one('to') === 'skip');
    await leaveAt(context, actor, from);
    flash(reply, t.laterSaid);
    return reply.redirect('/', 303);
  });

  const workspaceStep = async (request: FastifyRequest, reply: FastifyReply, typed: { name: string; zone: string } | null, problems: readonly Problem[]) => {
    const user = await store.people.user(actorOf(request).userId);
    return show(request, reply, 'workspace', ({ csrf, workspace }) => ({
      title: t.workspace.title(user?.name ?? ''), lead: t.workspace.lead, leadsOn: true,
      children: <WorkspaceForm csrf={csrf} typed={typed ?? workspace} problems={problems} />,
    }), { status: problems.length > 0 ? 422 : 200 });
  };
  server.get(pathOf('workspace'), { config: admin }, (request, reply) => workspaceStep(request, reply, null, []));
  server.post(pathOf('workspace'), { config: admin }, async (request, reply) => {
    const form = formOf(request.body);
    const typed = { name: form.one('name'), zone: form.one('zone') };
    const done = await updateWorkspace(context, actorOf(request), typed);
    return done.ok ? pass(request, reply, 'workspace', false) : workspaceStep(request, reply, typed, done.problems);
  });

  server.get(pathOf('networks'), { config: admin }, async (request, reply) => {
    const { workspaceId, operator } = actorOf(request);
    const channels = await store.channels.list(workspaceId);
    allowFormsToNetworks(reply);
    return show(request, reply, 'networks', ({ csrf }) => ({
      title: t.networks.title, lead: t.networks.lead,
      children: <NetworksStep providers={providers} settings={context.settings} channels={channels} operator={operator} csrf={csrf} />,
    }));
  });

  server.get(pathOf('post'), { config: editor }, async (request, reply) => {
    const { workspaceId } = actorOf(request);
    const usable = (await store.channels.list(workspaceId)).filter(({ connectionStatus }) => connectionStatus !== 'revoked');
    const { scheduled } = await store.firstRun.progress(workspaceId);
    return show(request, reply, 'post', () => ({
      title: t.post.title, lead: t.post.lead, children: <FirstPost channels={usable} providers={providers} scheduled={scheduled} />,
    }));
  });

  instanceSteps(server, context, show, pass);
  checklistRoutes(server, context);
}
