import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkReach, standingFindings } from '../../actions/instance/self-check.ts';
import { noteReview, reachOf, removeSetup, saveSetup, testSetup } from '../../actions/instance/set-up.ts';
import { hearingOf } from '../../actions/intake/listen.ts';
import { instanceOf } from '../../domain/instance/instance.ts';
import type { Problem } from '../../domain/limits.ts';
import { networkTexts as t } from '../../domain/texts/settings/networks.ts';
import { missingSettings, setupsOf, type SetupGroup } from '../../providers/setups.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { Mark } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { NetworkCard } from './network-card.tsx';
import { networkStateOf, stateOf } from './network-state.ts';
import { SettingsTabs } from './tabs.tsx';

const operator: { policy: Policy } = { policy: 'operator' };

/** Cards with which whoever runs the instance sets networks up. */
export function networkRoutes(server: FastifyInstance, context: WebContext) {
  const { store, settings, providers, config } = context;
  const groups = setupsOf(providers);
  const groupOf = (request: FastifyRequest) => groups.find(({ setup }) => setup.id === (request.params as { setup: string }).setup);

  server.get('/settings/networks', { config: operator }, async (request, reply) => {
    const checks = await store.settings.checks();
    const free = providers.all.filter(({ setup, local }) => setup === undefined && !local);
    return sendPage(context, request, reply, {
      title: t.title, current: '/settings',
      body: () => (
        <>
          <PageHead title={t.title} />
          <SettingsTabs current="/settings/networks" operator />
          <p class="lead">{t.lead}</p>
          <ul class="rows setup-list">
            {groups.map((group) => {
              const { text, tone } = stateOf(networkStateOf(group, settings, checks));
              return (
                <li class="row">
                  <a href={`/settings/networks/${group.setup.id}`}>
                    <span class="row-marks">{group.providers.map(({ id }) => <Mark provider={id} />)}</span>
                    <span class="row-text"><strong>{group.setup.name}</strong>{group.providers.length > 1 && <span class="handle"> {group.providers.map(({ name }) => name).join(', ')}</span>}</span>
                    <Badge tone={tone}>{text}</Badge>
                  </a>
                </li>
              );
            })}
          </ul>
          {free.length > 0 && <p class="help">{t.free(free.map(({ name }) => name))}</p>}
        </>
      ),
    });
  });

  async function card(request: FastifyRequest, reply: FastifyReply, group: SetupGroup, typed: Record<string, string> | null, problems: readonly Problem[]) {
    const { setup } = group;
    const checks = await store.settings.checks();
    const channels = await store.everywhere.countChannels(group.providers.map(({ id }) => id));
    const savedBy = await lastSaved(context, group);
    return sendPage(context, request, reply, {
      title: setup.name, current: '/settings', status: problems.length > 0 ? 422 : 200, islands: ['copy'],
      body: (page) => (
        <>
          <SettingsTabs current="/settings/networks" operator />
          <NetworkCard
            group={group} state={networkStateOf(group, settings, checks)} settings={settings} page={page} typed={typed} problems={problems} channels={channels}
            filling={{ publicUrl: config.publicUrl, name: instanceOf(settings.get).name }} savedBy={savedBy}
            standing={standingFindings(context, group)} reach={checks.get(reachOf(setup.id))} hearing={checks.get(hearingOf(setup.id))}
          />
        </>
      ),
    });
  }

  server.get('/settings/networks/:setup', { config: operator }, (request, reply) => {
    const group = groupOf(request);
    return group ? card(request, reply, group, null, []) : reply.callNotFound();
  });

  server.post('/settings/networks/:setup', { config: operator }, async (request, reply) => {
    const group = groupOf(request);
    if (!group) return reply.callNotFound();
    const form = formOf(request.body);
    const typed = Object.fromEntries(group.setup.settings.filter(({ env }) => form.has(env)).map(({ env }) => [env, form.one(env)]));
    const saved = await saveSetup(context, actorOf(request).userId, group, typed);
    if (!saved.ok) return card(request, reply, group, typed, saved.problems);
    // A value that was copied wrong is found now, and not when somebody connects.
    const whole = group.setup.test !== undefined && missingSettings(group.setup, settings.get).length === 0;
    if (whole) await testSetup(context, group);
    flash(reply, t.saved);
    return reply.redirect(`/settings/networks/${group.setup.id}#${whole ? 'test' : 'values'}`, 303);
  });

  const act = (name: string, then: string, run: (group: SetupGroup, userId: string) => Promise<void>, said?: string) =>
    server.post(`/settings/networks/:setup/${name}`, { config: operator }, async (request, reply) => {
      const group = groupOf(request);
      if (!group) return reply.callNotFound();
      await run(group, actorOf(request).userId);
      if (said) flash(reply, said);
      return reply.redirect(`/settings/networks/${group.setup.id}#${then}`, 303);
    });
  act('test', 'test', (group) => testSetup(context, group));
  act('check', 'self-check', (group) => checkReach(context, group));
  act('remove', 'values', (group, userId) => removeSetup(context, userId, group), t.removed);
  act('reviewed', 'review', (group) => noteReview(context, group, true), t.review.passedSaid);
  act('unreviewed', 'review', (group) => noteReview(context, group, false), t.review.notPassedSaid);
}

async function lastSaved({ store, settings }: WebContext, { setup }: SetupGroup): Promise<{ name: string; at: number } | null> {
  const saved = setup.settings.map(({ env }) => settings.origin(env)).filter((origin) => origin !== null && origin !== 'environment')
    .sort((a, b) => b.setAt - a.setAt)[0];
  if (!saved) return null;
  const user = saved.setBy === null ? undefined : await store.people.user(saved.setBy);
  return { name: user?.name ?? t.gone, at: saved.setAt };
}
