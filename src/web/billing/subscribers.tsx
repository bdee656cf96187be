import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { letIn } from '../../actions/billing/settle.ts';
import { billingTest, removeBilling, saveBilling, testBilling } from '../../actions/billing/set-up.ts';
import { billingSettings, billingTermsOf, readPrices, standingOf } from '../../domain/billing/billing.ts';
import type { Problem } from '../../domain/limits.ts';
import { billingTexts as t } from '../../domain/texts/instance/billing.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { SetUpPayments, Subscribers } from './subscribers-page.tsx';

const operator: { policy: Policy } = { policy: 'operator' };
const day = 24 * 60 * 60 * 1000;

/** Who subscribes, what comes in and what fails, and the set-up behind it: for whoever runs the instance. */
export function subscriberRoutes(server: FastifyInstance, context: WebContext) {
  const { store, settings, now, config } = context;

  async function page(request: FastifyRequest, reply: FastifyReply, typed: Record<string, string> | null, problems: readonly Problem[]) {
    const terms = billingTermsOf(settings.get);
    const at = now();
    const subscribers = terms ? (await store.billing.accounts()).map((account) => ({ account, standing: standingOf(account, terms, at) })) : [];
    const revenue = await store.invoices.revenue(at - 400 * day);
    const failed = await store.invoices.failed(null);
    const check = (await store.settings.checks()).get(billingTest);
    return sendPage(context, request, reply, {
      title: t.subscribers, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: (view) => (
        <>
          <PageHead title={t.subscribers} />
          <SettingsTabs current="/settings/subscribers" operator />
          {terms && <Subscribers page={view} subscribers={subscribers} revenue={revenue} failed={failed} />}
          <SetUpPayments
            page={view} settings={settings} typed={typed} problems={problems} check={check} on={terms !== null} hook={`${config.publicUrl}/hooks/stripe`}
            unread={readPrices(settings.get('STRIPE_PRICES') ?? '').problems}
          />
        </>
      ),
    });
  }

  server.get('/settings/subscribers', { config: operator }, (request, reply) => page(request, reply, null, []));

  server.post('/settings/subscribers/set-up', { config: operator }, async (request, reply) => {
    const form = formOf(request.body);
    const typed = Object.fromEntries(billingSettings.filter(({ env }) => form.has(env)).map(({ env }) => [env, form.one(env)]));
    const saved = await saveBilling(context, actorOf(request).userId, typed);
    if (!saved.ok) return page(request, reply, typed, saved.problems);
    flash(reply, t.savedNow);
    return reply.redirect('/settings/subscribers#set-up', 303);
  });

  server.post('/settings/subscribers/test', { config: operator }, async (_request, reply) => {
    await testBilling(context);
    return reply.redirect('/settings/subscribers#set-up', 303);
  });

  server.post('/settings/subscribers/remove', { config: operator }, async (request, reply) => {
    await removeBilling(context, actorOf(request).userId);
    flash(reply, t.removedNow);
    return reply.redirect('/settings/subscribers', 303);
  });

  const setFree = (name: string, since: () => number | null, said: string) =>
    server.post(`/settings/subscribers/:id/${name}`, { config: operator }, async (request, reply) => {
      const workspaceId = idOf(request);
      if (!(await store.billing.account(workspaceId))) return reply.callNotFound();
      await letIn(context, workspaceId, since());
      flash(reply, said);
      return reply.redirect('/settings/subscribers', 303);
    });
  setFree('free', now, t.letInNow);
  setFree('charge', () => null, t.chargedNow);
}
