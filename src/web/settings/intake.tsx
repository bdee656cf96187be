import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { missingSetting } from '../../actions/channels/connect.ts';
import { neededRole, takesIn, type IntakeProvider } from '../../actions/intake/deps.ts';
import { beginLink, chooseChannels, unlink } from '../../actions/intake/link-person.ts';
import { commands } from '../../actions/intake/words.ts';
import type { Problem } from '../../domain/limits.ts';
import { intakeTexts as t } from '../../domain/texts/settings/intake.ts';
import { atLeast } from '../../domain/role.ts';
import type { Channel } from '../../store/channels.ts';
import type { IntakeLink } from '../../store/intake/intake.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage, type View } from '../page.tsx';
import { ChannelName, Mark } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { CopyField, Qr } from '../ui/copy.tsx';
import { ActionButton, Button, ButtonLink } from '../ui/button.tsx';
import { FieldProblems, fieldId } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { SettingsTabs } from './tabs.tsx';

const link = (href: string) => (words: string) => <a href={href}>{words}</a>;
const see: { policy: Policy } = { policy: { member: 'viewer' } };
const write: { policy: Policy } = { policy: { member: neededRole } };

/** A link that was just made: shown once, for only its hash is kept. */
interface Made {
  provider: string;
  url: string;
  bot: string;
  until: number;
}

/** Where a person links a chat from which they send drafts, and says where those are to go. */
export function intakeRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers } = context;
  const networks = providers.all.filter(takesIn);
  const networkOf = (request: FastifyRequest) => networks.find(({ id }) => id === (request.params as { provider: string }).provider);

  async function page(request: FastifyRequest, reply: FastifyReply, made: Made | null, problems: readonly Problem[]) {
    const { workspaceId, userId, role, operator } = actorOf(request);
    const channels = await store.channels.list(workspaceId);
    const sources = await Promise.all(networks.map(async (provider) => ({
      provider, channels, problems, networks: context.providers,
      missing: missingSetting(context, provider) !== undefined,
      link: await store.intakeLinks.ofPerson(workspaceId, userId, provider.id),
      invitedUntil: await store.intakeLinks.invitedUntil(workspaceId, userId, provider.id, context.now()),
      made: made?.provider === provider.id ? made : null,
    })));
    return sendPage(context, request, reply, {
      title: t.title, current: '/settings', status: problems.length > 0 ? 422 : 200, islands: ['copy'],
      body: (view) => (
        <>
          <PageHead title={t.title} />
          <SettingsTabs current="/settings/intake" operator={operator} />
          <p class="lead">{t.lead(view.workspace.name)}</p>
          {problems.some(({ field }) => field === '') && <ProblemList problems={problems.filter(({ field }) => field === '')} />}
          {atLeast(role, neededRole)
            ? sources.map((source) => <Source {...source} view={view} operator={operator} />)
            : <p>{t.writersOnly}</p>}
          {sources.length === 0 && <p>{t.noNetwork}</p>}
        </>
      ),
    });
  }

  server.get('/settings/intake', { config: see }, (request, reply) => page(request, reply, null, []));

  server.post('/settings/intake/:provider/link', { config: write }, async (request, reply) => {
    const provider = networkOf(request);
    if (!provider) return reply.callNotFound();
    const begun = await beginLink(context, actorOf(request), provider);
    // Not sent on to another page: the address is nowhere but in this answer.
    return begun.ok ? page(request, reply.header('cache-control', 'no-store'), { ...begun, provider: provider.id }, []) : page(request, reply, null, begun.problems);
  });

  server.post('/settings/intake/:provider/unlink', { config: see }, async (request, reply) => {
    const provider = networkOf(request);
    if (!provider) return reply.callNotFound();
    const done = await unlink(context, actorOf(request), provider);
    flash(reply, done ? t.unlinkedSaid(provider.name) : t.notLinkedSaid);
    return reply.redirect('/settings/intake', 303);
  });

  server.post('/settings/intake/:provider/channels', { config: write }, async (request, reply) => {
    const provider = networkOf(request);
    if (!provider) return reply.callNotFound();
    const chosen = await chooseChannels(context, actorOf(request), provider, formOf(request.body).many('channel'));
    if (!chosen.ok) return page(request, reply, null, chosen.problems);
    flash(reply, t.saved);
    return reply.redirect('/settings/intake', 303);
  });
}

interface SourceProps {
  provider: IntakeProvider;
  channels: readonly Channel[];
  networks: WebContext['providers'];
  problems: readonly Problem[];
  missing: boolean;
  link: IntakeLink | undefined;
  invitedUntil: number | undefined;
  made: Made | null;
  view: View;
  operator: boolean;
}

function Source(props: SourceProps) {
  const { provider: { id, name, intake }, link: linked, missing, made, invitedUntil, view: { csrf, workspace: { zone } }, operator } = props;
  const base = `/settings/intake/${id}`;
  return (
    <section class="intake" id={`intake-${id}`}>
      <div class="intake-head">
        <h2><Mark provider={id} /> {name}</h2>
        <Badge tone={linked ? 'good' : 'plain'}>{linked ? t.states.linked : missing ? t.states.notSetUp : invitedUntil === undefined ? t.states.notLinked : t.states.waiting}</Badge>
      </div>
      {missing && <p>{operator ? rich(t.noBotOperator, { a: link('/settings/networks') }) : t.noBot}</p>}
      {!missing && made && <MadeLink made={made} name={name} zone={zone} />}
      {!missing && !made && !linked && (
        <>
          <p>{t.how(name)}</p>
          <ActionButton action={`${base}/link`} csrf={csrf} kind="primary">{invitedUntil === undefined ? t.make : t.makeNew}</ActionButton>
          {invitedUntil !== undefined && <p class="help">{rich(t.before, { when: <Time at={invitedUntil} zone={zone} />, a: link('/settings/intake') })}</p>}
        </>
      )}
      {linked && <Linked {...props} link={linked} base={base} />}
      {linked && !made && !missing && <Commands name={name} takes={intake.takes} />}
    </section>
  );
}

function MadeLink({ made: { url, bot, until }, name, zone }: { made: Made; name: string; zone: string }) {
  return (
    <div class="intake-link">
      <Qr text={url} label={t.link.code(bot, name)} />
      <div>
        <ol class="steps">
          <li>{t.link.open}</li>
          <li>{t.link.start(bot)}</li>
          <li>{rich(t.link.look, { a: link('/settings/intake') })}</li>
        </ol>
        <p><ButtonLink href={url} kind="primary" rel="noopener noreferrer">{t.link.openBot(bot)}</ButtonLink></p>
        <CopyField name="intake-link" label={t.link.label} value={url} />
        <p class="help">{rich(t.link.once, { when: <Time at={until} zone={zone} /> })}</p>
      </div>
    </div>
  );
}

function Linked({ link: linked, channels, networks, problems, provider: { name }, view: { csrf, workspace: { zone } }, base }: SourceProps & { link: IntakeLink; base: string }) {
  return (
    <>
      <p>{rich(t.linked.since(name), { when: <Time at={linked.createdAt} zone={zone} /> })}</p>
      {channels.length === 0
        ? <p>{rich(t.linked.noChannel, { a: link('/channels') })}</p>
        : (
          <Form action={`${base}/channels`} csrf={csrf}>
            <fieldset class="targets" id={fieldId('channel')}>
              <legend>{t.linked.where}</legend>
              {channels.map((channel) => (
                <label class="check">
                  <input type="checkbox" name="channel" value={channel.id} checked={linked.channelIds.includes(channel.id)} /> <ChannelName channel={channel} provider={networks.get(channel.provider)} />
                </label>
              ))}
              <FieldProblems field="channel" problems={problems} />
            </fieldset>
            <Button kind="primary">{t.linked.save}</Button>
          </Form>
        )}
      <div class="intake-end">
        <ActionButton action={`${base}/unlink`} csrf={csrf} kind="danger">{t.linked.unlink}</ActionButton>
        <span class="help">{t.linked.unlinkSays}</span>
      </div>
    </>
  );
}

function Commands({ name, takes }: { name: string; takes: string }) {
  return (
    <details class="intake-help">
      <summary>{t.commands.title(name)}</summary>
      <p>{t.commands.takes(takes)}</p>
      <dl class="scopes">{commands.map(({ name: command, what }) => <div><dt><code>/{command}</code></dt><dd>{what}</dd></div>)}</dl>
    </details>
  );
}
