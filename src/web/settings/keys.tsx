import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { makeKey } from '../../actions/keys/make-key.ts';
import { revokeKey } from '../../actions/keys/revoke-key.ts';
import { allows } from '../../billing/entitlements.ts';
import { scopes } from '../../domain/actor.ts';
import type { Problem } from '../../domain/limits.ts';
import { keyTexts as t } from '../../domain/texts/settings/keys.ts';
import type { Key } from '../../store/people/keys.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage, type View } from '../page.tsx';
import { CopyField } from '../ui/copy.tsx';
import { ActionButton, Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { FieldProblems, inputProps, TextField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { SettingsTabs } from './tabs.tsx';

const admin: { policy: Policy } = { policy: { member: 'admin' } };

interface Typed {
  name: string;
  scopes: readonly string[];
}

/** Keys with which programs act for the workspace. */
export function keyRoutes(server: FastifyInstance, context: WebContext) {
  const { store, config } = context;

  async function keysPage(request: FastifyRequest, reply: FastifyReply, typed: Typed, told: { problems?: readonly Problem[]; fresh?: string } = {}) {
    const { workspaceId, operator } = actorOf(request);
    const keys = await store.keys.list(workspaceId);
    const makers = new Map(await Promise.all([...new Set(keys.flatMap(({ createdBy }) => createdBy ?? []))].map(async (id) => [id, (await store.people.user(id))?.name] as const)));
    const problems = told.problems ?? [];
    return sendPage(context, request, reply, {
      title: t.title, current: '/settings', status: problems.length > 0 ? 422 : 200, islands: told.fresh === undefined ? [] : ['copy'],
      body: (page) => (
        <>
          <PageHead title={t.title} />
          <SettingsTabs current="/settings/keys" operator={operator} />
          <p class="lead">{rich(t.lead, { url: <code>{config.publicUrl}</code> })}</p>
          {told.fresh !== undefined && <FreshKey value={told.fresh} />}
          <section>
            <h2>{t.list}</h2>
            {keys.length === 0 ? <Empty>{t.none}</Empty> : <ul class="rows">{keys.map((key) => <KeyRow value={key} maker={makers.get(key.createdBy ?? '')} page={page} />)}</ul>}
          </section>
          <section>
            <h2>{t.make.title}</h2>
            <Form action="/settings/keys" csrf={page.csrf}>
              <TextField name="name" label={t.make.name} value={typed.name} help={t.make.nameHelp} placeholder={t.make.example} problems={problems} required autocomplete="off" />
              <fieldset class="field scope-choice" {...inputProps('scopes', problems)}>
                <legend>{t.make.may}</legend>
                {scopes.map((scope) => (
                  <div>
                    <label class="check"><input type="checkbox" name="scopes" value={scope} checked={typed.scopes.includes(scope)} aria-describedby={`scope-${scope}`} /> {t.scopes[scope].label}</label>
                    <p class="help" id={`scope-${scope}`}>{t.scopes[scope].help}</p>
                  </div>
                ))}
                <FieldProblems field="scopes" problems={problems} />
              </fieldset>
              <FieldProblems field="" problems={problems} />
              <Button kind="primary">{t.make.button}</Button>
            </Form>
          </section>
        </>
      ),
    });
  }

  const untouched: Typed = { name: '', scopes };
  server.get('/settings/keys', { config: admin }, (request, reply) => keysPage(request, reply, untouched));

  /** The one answer that is not a redirect after success: the key is in no cookie and in no address, and is never shown again. */
  server.post('/settings/keys', { config: admin }, async (request, reply) => {
    const form = formOf(request.body);
    const typed = { name: form.one('name'), scopes: form.many('scopes') };
    const over = await allows(context, actorOf(request).workspaceId, { what: 'api' });
    const made = over ? { ok: false as const, problems: [over] } : await makeKey(context, actorOf(request), typed);
    return made.ok ? keysPage(request, reply, untouched, { fresh: made.key }) : keysPage(request, reply, typed, { problems: made.problems });
  });

  server.post('/settings/keys/:id/revoke', { config: admin }, async (request, reply) => {
    const revoked = await revokeKey(context, actorOf(request), idOf(request));
    flash(reply, revoked.ok ? t.revoked : (revoked.problems[0]?.message ?? ''));
    return reply.redirect('/settings/keys', 303);
  });
}

function FreshKey({ value }: { value: string }) {
  return (
    <section class="fresh-key" role="status">
      <h2>{t.fresh.title}</h2>
      <p>{t.fresh.says}</p>
      <CopyField name="key" label={t.fresh.label} value={value} />
    </section>
  );
}

function KeyRow({ value: { id, name, ending, scopes: may, createdAt, usedAt }, maker, page: { workspace, csrf } }: { value: Key; maker: string | undefined; page: View }) {
  return (
    <li class="row key">
      <span class="row-text">
        <strong>{name}</strong> <code>pm_…{ending}</code>, {t.may(may.map((scope) => t.scopes[scope].label))}
        <span class="help">{rich(maker === undefined ? t.made : t.madeBy, { when: <Time at={createdAt} zone={workspace.zone} />, name: maker })}{usedAt === null ? t.unused : rich(t.used, { when: <Time at={usedAt} zone={workspace.zone} /> })}</span>
      </span>
      <ActionButton action={`/settings/keys/${id}/revoke`} csrf={csrf} kind="danger">{t.revoke}<span class="visually-hidden"> {name}</span></ActionButton>
    </li>
  );
}
