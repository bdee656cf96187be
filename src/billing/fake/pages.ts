import type { FakeAnswer, FakeRequest } from '../../providers/fake/server.ts';
import { addCard, made, StripeRefusal, type FakeAccount } from './account.ts';
import { subscriptionsOf } from './api.ts';
import { completeCheckout } from './checkout.ts';
import { openInvoices, retry, update } from './subscriptions.ts';

/** The pages that people see at Stripe: check-out and portal, as plain as can be. Undefined for any other address. */
export function hostedPage(account: FakeAccount, request: FakeRequest): FakeAnswer | undefined {
  const { method, path } = request;
  const [, kind, id = ''] = /^\/(c\/pay|p\/session)\/(\w+)$/u.exec(path) ?? [];
  if (kind === 'c/pay') return checkout(account, id, method === 'POST' ? request.form() : null);
  if (kind === 'p/session') return portal(account, id, method === 'POST' ? request.form() : null);
  return undefined;
}

function checkout(account: FakeAccount, id: string, typed: URLSearchParams | null): FakeAnswer {
  const session = account.sessions.get(id);
  if (!session || session.status !== 'open') return page(404, '<h1>This page has expired</h1>');
  let told = '';
  if (typed) {
    try {
      completeCheckout(account, session, { card: (typed.get('card') ?? '').replaceAll(' ', ''), code: typed.get('code') ?? '', email: typed.get('email') ?? '' });
      return { status: 303, headers: { location: session.success_url ?? '' }, body: '' };
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error;
      told = `<p role="alert">${error.message}</p>`;
    }
  }
  return page(200, `<h1>Subscribe</h1>${told}<form method="post"><label>E-mail for bills <input name="email"></label> <label>Card number <input name="card"></label>
    <label>Security code <input name="cvc"></label> <label>Promotion code <input name="code"></label> <button>Subscribe</button></form><p><a href="${session.cancel_url ?? ''}">Back</a></p>`);
}

function portal(account: FakeAccount, id: string, typed: URLSearchParams | null): FakeAnswer {
  const session = account.portals.get(id);
  if (!session) return page(404, '<h1>This page has expired</h1>');
  const subscription = subscriptionsOf(account, session.customer).findLast(({ status }) => status !== 'canceled');
  const deed = typed?.get('deed');
  if (subscription && deed === 'card') {
    const method = addCard(account, session.customer, (typed?.get('card') ?? '').replaceAll(' ', ''));
    update(account, subscription, { default_payment_method: method });
  }
  if (subscription && deed === 'pay') for (const invoice of openInvoices(account, subscription.id)) retry(account, subscription, invoice);
  if (subscription && deed === 'cancel') update(account, subscription, { cancel_at_period_end: true, cancel_at: subscription.items.data[0]?.current_period_end ?? null, canceled_at: account.now() });
  const button = (name: string, label: string, field = '') => `<form method="post"><input type="hidden" name="deed" value="${name}">${field}<button>${label}</button></form>`;
  return page(200, `<h1>Your subscription</h1><p>${subscription?.status ?? 'none'}</p>${button('card', 'Use this card', '<label>Card number <input name="card"></label>')}
    ${button('pay', 'Pay what is open')}${button('cancel', 'Cancel plan')}<p><a href="${session.return_url ?? ''}">Return to the site</a></p>`);
}

function page(status: number, body: string): FakeAnswer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Stripe, the stand-in</title><body>${body}</body></html>` };
}

/** What a person does in the portal, without the clicks. */
export async function passOnPortal(account: FakeAccount, { card, pay = false, cancel = false }: { card?: string; pay?: boolean; cancel?: boolean }): Promise<void> {
  const [customer] = account.customers.values();
  if (!customer) throw new Error('nobody is there');
  const id = account.id('bps');
  account.portals.set(id, made('billing_portal.session', { id, customer: customer.id, return_url: '' }));
  const deeds = [...(card === undefined ? [] : [{ deed: 'card', card }]), ...(pay ? [{ deed: 'pay' }] : []), ...(cancel ? [{ deed: 'cancel' }] : [])];
  for (const deed of deeds) portal(account, id, new URLSearchParams(deed));
}
