import type { Download } from '../../providers/download.ts';
import type { Http } from '../../providers/http.ts';
import type { Store } from '../../store/index.ts';

/**
 * A process that dies at its n-th point: each journal write, each settlement and each remote call has one point before and
 * one after it. From then on nothing it does has an effect or returns, as with a real death.
 */
export interface Mortal {
  store: Store;
  http: (http: Http) => Http;
  download: (download: Download) => Download;
  /** Resolves at the moment of death. */
  death: Promise<'died'>;
  /** Points passed so far. */
  passed(): number;
}

export function mortal(store: Store, diesAt: number): Mortal {
  const { promise: death, resolve: die } = Promise.withResolvers<'died'>();
  const never = new Promise<never>(() => {});
  let passed = 0;
  let dead = false;

  async function point(): Promise<void> {
    if (dead) return never;
    passed += 1;
    if (passed === diesAt) {
      dead = true;
      die('died');
      return never;
    }
  }
  async function between<T>(act: () => Promise<T>): Promise<T> {
    await point();
    const result = await act();
    await point();
    return result;
  }
  /** A room of the store whose `methods` have points; the others only stop when the process is dead. */
  function guarded<T extends object>(room: T, methods: readonly string[]): T {
    return new Proxy(room, {
      get(target, name, receiver) {
        const method: unknown = Reflect.get(target, name, receiver);
        if (typeof method !== 'function') return method;
        const call = (...args: unknown[]) => Reflect.apply(method, target, args) as Promise<unknown>;
        return (...args: unknown[]) => (methods.includes(String(name)) ? between(() => call(...args)) : dead ? never : call(...args));
      },
    });
  }

  return {
    death,
    passed: () => passed,
    http: (http) => (request) => between(() => http(request)),
    download: (download) => (request) => between(() => download(request)),
    store: {
      ...store,
      journal: guarded(store.journal, ['intend', 'done', 'withdraw', 'wait']),
      queue: guarded(store.queue, ['claimDue', 'freeze', 'settle']),
      connections: guarded(store.connections, ['refreshed']),
      connecting: guarded(store.connecting, ['putNote', 'putCursor']),
      budgets: guarded(store.budgets, ['take']),
      local: guarded(store.local, ['put']),
      billing: guarded(store.billing, ['noteEvent', 'eventHandled', 'beginRead', 'putRead', 'bindCustomer', 'unbindCustomer']),
      invoices: guarded(store.invoices, ['receiptSent']),
      people: guarded(store.people, ['hold']),
      mails: guarded(store.mails, ['add']),
      intake: guarded(store.intake, ['receive', 'settleFile', 'worked', 'answered', 'putOff', 'putHeard']),
      posts: guarded(store.posts, ['save']),
      media: guarded(store.media, ['add']),
    },
  };
}
