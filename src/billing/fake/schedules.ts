import { idOf, made, missing, StripeRefusal, type FakeAccount } from './account.ts';
import { raise, type Api, type Sent } from './desk.ts';
import { releaseScheduleOf } from './subscriptions.ts';

interface Phase {
  items: { price: string }[];
  start_date?: string;
  end_date?: string;
  duration?: { interval: string; interval_count?: string };
}

const months: Readonly<Record<string, number>> = { month: 30, year: 365, week: 7, day: 1 };

export const scheduleApi: Api = {
  'POST /v1/subscription_schedules': (account, { text }) => {
    const subscription = account.subscriptions.get(text('from_subscription')) ?? raise(missing('subscription', text('from_subscription')));
    const [item] = subscription.items.data;
    if (subscription.schedule !== null) throw new StripeRefusal(400, 'invalid_request_error', 'resource_already_exists', 'This subscription is already attached to a schedule.');
    const schedule = made('subscription_schedule', {
      id: account.id('sub_sched'), created: account.now(), customer: subscription.customer, subscription: subscription.id, status: 'active', end_behavior: 'release',
      canceled_at: null, completed_at: null, released_at: null, released_subscription: null, metadata: {},
      current_phase: { start_date: item?.current_period_start, end_date: item?.current_period_end },
      phases: [{ items: [{ price: item?.price.id, quantity: 1 }], start_date: item?.current_period_start, end_date: item?.current_period_end }],
    });
    account.schedules.set(schedule.id, schedule);
    subscription.schedule = schedule.id;
    account.emit('subscription_schedule.created', schedule);
    account.emit('customer.subscription.updated', subscription);
    return schedule;
  },

  'POST /v1/subscription_schedules/{schedule}': (account, sent) => {
    const schedule = scheduleOf(account, sent);
    const phases = sent.raw['phases'] as unknown as Phase[];
    let start = Number(phases[0]?.start_date);
    if (start !== schedule.current_phase?.start_date) throw new StripeRefusal(400, 'invalid_request_error', 'parameter_invalid', 'The start of the present phase cannot be changed.');
    const dated = phases.map(({ items, end_date: end, duration }) => {
      const until = end === undefined ? start + (months[duration?.interval ?? 'month'] ?? 30) * Number(duration?.interval_count ?? '1') * 86_400 : Number(end);
      const phase = { items: items.map(({ price }) => ({ price, quantity: 1 })), start_date: start, end_date: until };
      start = until;
      return phase;
    });
    Object.assign(schedule, { phases: dated, current_phase: { start_date: dated[0]?.start_date, end_date: dated[0]?.end_date } });
    account.emit('subscription_schedule.updated', schedule);
    return schedule;
  },

  'POST /v1/subscription_schedules/{schedule}/release': (account, sent) => {
    const schedule = scheduleOf(account, sent);
    const subscription = account.subscriptions.get(idOf(schedule.subscription)) ?? raise(missing('subscription', idOf(schedule.subscription)));
    releaseScheduleOf(account, subscription, 'released');
    account.emit('customer.subscription.updated', subscription);
    return schedule;
  },
};

function scheduleOf(account: FakeAccount, { id }: Sent) {
  const schedule = account.schedules.get(id) ?? raise(missing('schedule', id));
  if (schedule.status !== 'active') throw new StripeRefusal(400, 'invalid_request_error', 'invalid_state', `You cannot update a subscription schedule that is currently in the ${schedule.status} status.`);
  return schedule;
}
