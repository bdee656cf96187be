import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { beginCheckout, cancelSubscription, changePlan, keepPresentPlan, lookAtStripe, openPortal, previewPlanChange, resumeSubscription } from '../../actions/billing/subscribe.ts';
import { billingStateOf } from '../../billing/entitlements.ts';
import { billingTermsOf } from '../../domain/billing/billing.ts';
import type { Problem } from '../../domain/limits.ts';
import type { Result } from '../../domain/result.ts';
import { atLeast } from '../../domain/role.ts';
import { billingTexts as t } from '../../domain/texts/instance/billing.ts';
import { newId } from '../../lib/ids.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { allowFormsToNetworks } from '../headers.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { SettingsTabs } from '../settings/tabs.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { AccountPage } from './account-page.tsx';
import { ChangePage } from './change-page.tsx';

const see: { policy: Policy } = { policy: { member: 'viewer' } };
const own: { policy: Policy } = { policy: { member: 'owner' } };

/** How many bills stand on the page. */
const billsShown = 100;

/** A workspace's own subscription. Where nothing is sold there is nothing at these addresses. */
export function billingRoutes(server: FastifyInstance, context: WebContext) {
  const { store, settings, now } = context;

  async function account(request: FastifyRequest, reply: FastifyReply, problems: readonly Problem[]) {
    const { workspaceId, role, operator } = actorOf(request);
    const terms = billingTermsOf(settings.get);
    const state = await billingStateOf(context, workspaceId);
    if (!terms || !state) return reply.callNotFound();
    const prices = await store.billing.prices();
    const usage = await store.invoices.usage(workspaceId, now());
    const invoices = atLeast(role, 'admin') ? await store.invoices.list(workspaceId, billsShown) : null;
    // Browsers hold the way to Stripe's page, which a form of this page leads to, to it as well.
    allowFormsToNetworks(reply);
    return sendPage(context, request, reply, {
      title: t.billing, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: (page) => (
        <>
          <PageHead title={t.billing} />
          <SettingsTabs current="/settings/billing" operator={operator} />
          <AccountPage
            page={page} state={state} terms={terms} prices={prices} usage={usage} invoices={invoices} owner={role === 'owner'} problems={problems} intent={newId(now())}
          />
        </>
      ),
    });
  }

  server.get('/settings/billing', { config: see }, (request, reply) => account(request, reply, []));

  /**
   * Where Stripe sends the browser back to, as networks do after a consent. It changes nothing but our copy: that is brought
   * to what Stripe says, so that nobody who has paid waits for an event.
   */
  server.get('/settings/billing/done', { config: own }, async (request, reply) => {
    if (!billingTermsOf(settings.get)) return reply.callNotFound();
    const looked = await lookAtStripe(context, actorOf(request));
    flash(reply, looked.ok ? t.stripeRead : t.stripeSilent);
    return reply.redirect('/settings/billing', 303);
  });

  const toStripe = (name: string, act: (request: FastifyRequest) => Promise<Result<{ url: string }>>) =>
    server.post(`/settings/billing/${name}`, { config: own }, async (request, reply) => {
      const done = await act(request);
      return done.ok ? reply.redirect(done.url, 303) : account(request, reply, done.problems);
    });
  toStripe('checkout', (request) => beginCheckout(context, actorOf(request), { priceId: formOf(request.body).one('price'), intent: formOf(request.body).one('intent') }));
  toStripe('portal', (request) => openPortal(context, actorOf(request)));

  const deed = (name: string, act: typeof cancelSubscription, said: string) =>
    server.post(`/settings/billing/${name}`, { config: own }, async (request, reply) => {
      const done = await act(context, actorOf(request), { intent: formOf(request.body).one('intent') });
      if (!done.ok) return account(request, reply, done.problems);
      flash(reply, said);
      return reply.redirect('/settings/billing', 303);
    });
  deed('cancel', cancelSubscription, t.canceledNow);
  deed('resume', resumeSubscription, t.resumed);
  deed('keep', keepPresentPlan, t.planStays);

  server.get('/settings/billing/change', { config: own }, async (request, reply) => {
    const { price } = request.query as { price?: unknown };
    const priceId = typeof price === 'string' ? price : '';
    const terms = billingTermsOf(settings.get);
    if (!terms) return reply.callNotFound();
    const shown = await previewPlanChange(context, actorOf(request), priceId);
    if (!shown.ok) return account(request, reply, shown.problems);
    const plan = terms.prices.find((one) => one.priceId === priceId)?.plan;
    const known = (await store.billing.prices()).get(priceId);
    return sendPage(context, request, reply, {
      title: t.changePlan, current: '/settings',
      body: (page) => <ChangePage page={page} plan={plan} price={known} priceId={priceId} preview={shown.preview} intent={newId(now())} />,
    });
  });

  server.post('/settings/billing/change', { config: own }, async (request, reply) => {
    const form = formOf(request.body);
    const done = await changePlan(context, actorOf(request), { priceId: form.one('price'), intent: form.one('intent'), prorationDate: Number(form.one('reckoned')) || 0 });
    if (!done.ok) return account(request, reply, done.problems);
    flash(reply, done.when === 'now' ? t.planChanged : t.planChanges);
    return reply.redirect('/settings/billing', 303);
  });
}
