import type { FastifyInstance } from 'fastify';
import { registrationOpen } from '../../actions/people/sign-up.ts';
import { billingTermsOf } from '../../domain/billing/billing.ts';
import { plans } from '../../domain/billing/plan.ts';
import { billingTexts as t } from '../../domain/texts/instance/billing.ts';
import type { WebContext } from '../context.ts';
import { sendPaper } from '../page.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { PlanFacts } from './account-page.tsx';
import { priceText } from './parts.tsx';

/** What is sold, for everybody. There is no such page where nothing is. */
export function pricingRoutes(server: FastifyInstance, context: WebContext) {
  const { store, settings } = context;

  server.get('/pricing', { config: { policy: 'public' } }, async (request, reply) => {
    const terms = billingTermsOf(settings.get);
    if (!terms) return reply.callNotFound();
    const prices = await store.billing.prices();
    const days = Math.round(terms.trialMs / 86_400_000);
    const open = !request.actor && (await registrationOpen(context));
    return sendPaper(context, reply, {
      title: t.plans, lead: days > 0 ? t.pricingTrial(days) : t.pricingLead,
      children: (
        <>
          <ul class="plans">
            {plans.filter(({ id }) => terms.prices.some(({ plan }) => plan.id === id)).map((plan) => (
              <li class="plan">
                <PlanFacts plan={plan} />
                {terms.prices.filter((price) => price.plan.id === plan.id).map(({ priceId }) => <div class="price"><strong>{priceText(prices.get(priceId))}</strong></div>)}
              </li>
            ))}
          </ul>
          <p>{t.pricingText}</p>
          {open && <p><ButtonLink kind="primary" href="/signup">{t.createAccount}</ButtonLink></p>}
          {request.actor && <p><ButtonLink kind="primary" href="/settings/billing">{t.toYourPlan}</ButtonLink></p>}
        </>
      ),
    });
  });
}
