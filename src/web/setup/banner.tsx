import { isSetupStep } from '../../domain/instance/first-run.ts';
import { setupTexts as t } from '../../domain/texts/instance/setup.ts';
import type { WebContext } from '../context.ts';
import { rich } from '../words/rich.tsx';

/** Pages that a step sends people to, and from which they find back by this. */
const excursions = /^\/(?:channels|settings\/networks|posts\/new)(?:[/?]|$)/u;

/** The way back to setting up. */
export async function setupBanner({ store }: Pick<WebContext, 'store'>, { workspaceId, userId }: { workspaceId: string; userId: string }, url: string) {
  if (!excursions.test(url)) return null;
  const step = (await store.firstRun.of(workspaceId, userId))?.step;
  if (!isSetupStep(step)) return null;
  return <div class="banner calm" role="status">{rich(t.banner, { step: t.names[step], go: (words) => <a href="/setup">{words}</a> })}</div>;
}
