import { createSend } from '../../lib/net-guard.ts';
import { filled, type Params } from './referee.ts';

/** How a bot of the fake gets its news: by asking or by webhook, never both, each in Telegram's order and with its doubts. */
export interface FakeNews {
  /** Address of the webhook that is set; empty for none. */
  webhook: string;
  /** Where its calls really go, e.g. a program on this machine; null: nobody is there. */
  deliverTo: string | null;
  /** Every call comes twice, the second before the first was answered. */
  doubled: boolean;
  /** What the bot asked to be told of, last. */
  allowed: readonly string[];
  /** How webhook calls were answered. */
  deliveries: number[];
  /** Updates that nobody has taken. */
  pending(): readonly Params[];
  put(update: Params): void;
  /** Hands the oldest updates out once more, as Telegram does when it did not hear that they arrived. */
  again(updates: readonly Params[]): void;
  close(): void;
  methods: Record<string, (params: Params) => unknown>;
}

/** What is heard unless something else was asked for (core.telegram.org/bots/api#getting-updates). */
const unlessTold = ['message', 'edited_message', 'channel_post', 'edited_channel_post', 'callback_query'];
/** After a call that failed (ms); Telegram takes longer. */
const retryMs = 150;

export function createNews(refuse: (status: number, description: string) => Error, now: () => number): FakeNews {
  let updates: Params[] = [];
  let secret = '';
  let lastError: Params = {};
  let wake: (() => void)[] = [];
  let terminate: (() => void) | null = null;
  const state = { closed: false };
  let delivering = false;
  const wanted = (update: Params) => news.allowed.some((kind) => kind in update);

  const news: FakeNews = {
    webhook: '', deliverTo: null, doubled: false, allowed: unlessTold, deliveries: [],
    pending: () => updates,
    put: (update) => {
      updates.push(update);
      for (const one of wake.splice(0)) one();
      void deliver();
    },
    again: (some) => {
      updates = [...some, ...updates];
      for (const one of wake.splice(0)) one();
      void deliver();
    },
    close: () => { state.closed = true; for (const one of wake.splice(0)) one(); },
    methods: {
      getWebhookInfo: () => filled('WebhookInfo', {
        url: news.webhook, pending_update_count: updates.length, allowed_updates: news.allowed, ...lastError,
      }),
      setWebhook: ({ url, secret_token: token = '', allowed_updates: allowed, drop_pending_updates: drop }) => {
        const address = URL.parse(String(url));
        if (url !== '') {
          if (address?.protocol !== 'https:') throw refuse(400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook');
          if (!['', '443', '80', '88', '8443'].includes(address.port)) throw refuse(400, 'Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
          if (address.hostname.endsWith('.invalid')) throw refuse(400, 'Bad Request: bad webhook: Failed to resolve host: Name or service not known');
        }
        if (!/^[\w-]{0,256}$/u.test(String(token))) throw refuse(400, 'Bad Request: secret token contains unallowed characters');
        if (drop === true) updates = [];
        news.webhook = String(url);
        secret = String(token);
        news.allowed = Array.isArray(allowed) ? (allowed as string[]) : news.allowed;
        lastError = {};
        terminate?.();
        void deliver();
        return true;
      },
      deleteWebhook: ({ drop_pending_updates: drop }) => {
        if (drop === true) updates = [];
        news.webhook = '';
        return true;
      },
      getUpdates: async ({ offset, limit, timeout, allowed_updates: allowed }) => {
        if (news.webhook !== '') throw refuse(409, 'Conflict: can\'t use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first');
        terminate?.();
        if (Array.isArray(allowed)) news.allowed = allowed as string[];
        // An offset beyond what there is counts as none (tdlib, TQueue::get).
        const last = Number(updates.at(-1)?.['update_id'] ?? Number.NaN);
        if (typeof offset === 'number' && !(offset > last + 10)) updates = updates.filter(({ update_id: id }) => Number(id) >= offset);
        const found = () => updates.filter(wanted).slice(0, Number(limit ?? 100));
        const until = Date.now() + Number(timeout ?? 0) * 1000;
        const own = { terminated: false };
        const end = () => { own.terminated = true; for (const one of wake.splice(0)) one(); };
        terminate = end;
        while (found().length === 0 && Date.now() < until && !state.closed && !own.terminated) {
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, until - Date.now());
            wake.push(() => { clearTimeout(timer); resolve(); });
          });
        }
        if (own.terminated) throw refuse(409, 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running');
        if (terminate === end) terminate = null;
        return found();
      },
    },
  };

  /** One after another, each until it is answered with a 2xx. */
  async function deliver() {
    if (delivering) return;
    delivering = true;
    while (!state.closed && news.webhook !== '' && updates.length > 0) {
      const [update] = updates;
      if (!update) break;
      if (!wanted(update)) {
        updates.shift();
        continue;
      }
      const statuses = await Promise.all(news.doubled ? [call(update), call(update)] : [call(update)]);
      news.deliveries.push(...statuses);
      const status = statuses.find((one) => one >= 200 && one < 300) ?? statuses[0] ?? 0;
      if (status >= 200 && status < 300) updates = updates.filter((one) => one !== update);
      else {
        lastError = { last_error_date: Math.floor(now() / 1000), last_error_message: status === 0 ? 'Connection refused' : `Wrong response from the webhook: ${status}` };
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
    delivering = false;
  }

  async function call(update: Params): Promise<number> {
    if (news.deliverTo === null) return 0;
    const url = new URL(news.webhook);
    try {
      const answer = await createSend(new Map([[url.origin, news.deliverTo]]))(url, {
        method: 'POST', body: JSON.stringify(update), signal: AbortSignal.timeout(10_000),
        headers: { 'content-type': 'application/json', ...(secret !== '' && { 'x-telegram-bot-api-secret-token': secret }) },
      });
      await answer.body.dump();
      return answer.statusCode;
    } catch {
      return 0;
    }
  }
  return news;
}
