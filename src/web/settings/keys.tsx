import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { makeKey } from '../../actions/keys/make-key.ts';
import { revokeKey } from '../../actions/keys/revoke-key.ts';
import { allows } from '../../billing/entitlements.ts';
import { scopes, type Scope } from '../../domain/actor.ts';
import type { Problem } from '../../domain/limits.ts';
import type { Key } from '../../store/keys.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage, type View } from '../page.tsx';
import { CopyField } from '../ui/copy.tsx';
import { ActionButton } from '../ui/button.tsx';
import { FieldProblems, inputProps, TextField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { SettingsTabs } from './tabs.tsx';

const admin: { policy: Policy } = { policy: { member: 'admin' } };

const words: Record<Scope, { label: string; help: string }> = {
  read: { label: 'Read', help: 'See channels, posts and what went wrong.' },
  write: { label: 'Write', help: 'Make, change and delete posts, upload files, connect and disconnect channels.' },
};

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
      title: 'Keys', current: '/settings', status: problems.length > 0 ? 422 : 200, islands: told.fresh === undefined ? [] : ['copy'],
      body: (page) => (
        <>
          <div class="page-head"><h1>Keys</h1></div>
          <SettingsTabs current="/settings/keys" operator={operator} />
          <p class="lead">
            Let n8n, Make, a script or an assistant schedule posts here. Whatever was made for Postiz works with the address <code>{config.publicUrl}</code> and a key in place of its own.
          </p>
          {told.fresh !== undefined && <FreshKey value={told.fresh} />}
          <section>
            <h2>Keys of this workspace</h2>
            {keys.length === 0 ? <p class="empty">None yet.</p> : <ul class="rows">{keys.map((key) => <KeyRow value={key} maker={makers.get(key.createdBy ?? '')} page={page} />)}</ul>}
          </section>
          <section>
            <h2>New key</h2>
            <Form action="/settings/keys" csrf={page.csrf}>
              <TextField name="name" label="Name" value={typed.name} help="What will use it, so that you know later." placeholder="n8n" problems={problems} required autocomplete="off" />
              <fieldset class="field scope-choice" {...inputProps('scopes', problems)}>
                <legend>It may</legend>
                {scopes.map((scope) => (
                  <div>
                    <label class="check"><input type="checkbox" name="scopes" value={scope} checked={typed.scopes.includes(scope)} aria-describedby={`scope-${scope}`} /> {words[scope].label}</label>
                    <p class="help" id={`scope-${scope}`}>{words[scope].help}</p>
                  </div>
                ))}
                <FieldProblems field="scopes" problems={problems} />
              </fieldset>
              <FieldProblems field="" problems={problems} />
              <button class="button primary">Make the key</button>
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
    flash(reply, revoked.ok ? 'Revoked. Nobody gets in with it any more.' : (revoked.problems[0]?.message ?? ''));
    return reply.redirect('/settings/keys', 303);
  });
}

function FreshKey({ value }: { value: string }) {
  return (
    <section class="fresh-key" role="status">
      <h2>Your new key</h2>
      <p>Copy it now. It is shown this once and cannot be had back.</p>
      <CopyField name="key" label="Key" value={value} />
    </section>
  );
}

function KeyRow({ value: { id, name, ending, scopes: may, createdAt, usedAt }, maker, page: { workspace, csrf } }: { value: Key; maker: string | undefined; page: View }) {
  return (
    <li class="row key">
      <span class="row-text">
        <strong>{name}</strong> <code>pm_…{ending}</code>, {may.map((scope) => words[scope].label.toLowerCase()).join(' and ')}
        <span class="help">Made <Time at={createdAt} zone={workspace.zone} />{maker !== undefined && ` by ${maker}`}. {usedAt === null ? 'Not used yet.' : <>Last used <Time at={usedAt} zone={workspace.zone} />.</>}</span>
      </span>
      <ActionButton action={`/settings/keys/${id}/revoke`} csrf={csrf} kind="danger">Revoke<span class="visually-hidden"> {name}</span></ActionButton>
    </li>
  );
}
