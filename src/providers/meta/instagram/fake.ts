import { startFakeMeta, type FakeMeta } from '../fake.ts';
import type { FakeMetaState, FakeWorld, Product } from '../fake/world.ts';
import { fakeContainers } from './fake/containers.ts';
import { fakeMedia } from './fake/media.ts';
import { usualBehaviour, type FakeInstagramState, type FakeInstagramStore, type KeptMedium } from './fake/state.ts';

export interface FakeInstagram extends FakeMeta, FakeInstagramStore {
  behaviour: FakeInstagramState;
  /** Puts a medium up as a person would in the app, or another app. */
  add(medium: Omit<KeptMedium, 'id' | 'at'>): KeptMedium;
}

/** A strict Instagram: professional accounts behind Pages, with containers, media, Reels, carousels and Stories. */
export async function startFakeInstagram(options: Partial<FakeMetaState> = {}, behaviour: Partial<FakeInstagramState> = {}): Promise<FakeInstagram> {
  const made = instagramProduct(behaviour);
  const meta = await startFakeMeta([made.product], options);
  return Object.assign(meta, made.store, { behaviour: made.behaviour, add: (medium: Parameters<FakeInstagram['add']>[0]) => made.add(medium, { ...meta, platform: meta }) });
}

/** What Instagram adds to the family's stand-in; may stand beside other products. */
export function instagramProduct(options: Partial<FakeInstagramState> = {}) {
  const store: FakeInstagramStore = { containers: new Map(), media: [] };
  const behaviour: FakeInstagramState = { ...usualBehaviour, ...options };
  const containers = fakeContainers(store, behaviour);
  const media = fakeMedia(store, behaviour, containers);

  const product: (world: FakeWorld) => Product = ({ state }) => (call) => {
    const { request: { method }, path: [first = '', second] } = call;
    if (first === 'ig-api-upload') return containers.upload(call);
    if (method === 'GET' && second === undefined) {
      return store.containers.has(first) ? containers.look(call) : store.media.some(({ id }) => id === first) ? media.one(call) : undefined;
    }
    if (!state.pages.some(({ instagram }) => instagram?.id === first)) return undefined;
    switch (`${method} ${second ?? ''}`) {
      case 'POST media':
        return containers.create(call);
      case 'POST media_publish':
        return media.publish(call);
      case 'GET media':
      case 'GET stories':
        return media.list(call);
      case 'GET content_publishing_limit':
        return media.limit(call);
      default:
        return undefined;
    }
  };
  return { product, store, behaviour, add: (medium: Parameters<FakeInstagram['add']>[0], world: FakeWorld) => media.add(medium, world) };
}
