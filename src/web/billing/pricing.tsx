import type { FastifyInstance } from 'fastify';
import { registrationOpen } from '../../actions/people/sign-up.ts';
import { billingTermsOf } from '../../domain/billing.ts';
import { plans } from '../../domain/plan.ts';
import type { WebContext } from '../context.ts';
import { sendPaper } from '../page.tsx';
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
      title: 'Plans', lead: days > 0 ? `Try everything for ${days} days, without a card.` : 'Choose what fits.',
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
          <p>You pay on pages of Stripe; card details never reach this server. A plan can be changed or canceled at any time, and then runs to the end of what is paid. Nothing you have is ever deleted for a plan’s sake.</p>
          {open && <p><a class="button primary" href="/signup">Create your account</a></p>}
          {request.actor && <p><a class="button primary" href="/settings/billing">To your plan</a></p>}
        </>
      ),
    });
  });
}
