import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { missingSetting } from '../../actions/channels/connect.ts';
import { neededRole, takesIn, type IntakeProvider } from '../../actions/intake/deps.ts';
import { beginLink, chooseChannels, unlink } from '../../actions/intake/link-person.ts';
import { commands } from '../../actions/intake/words.ts';
import type { Problem } from '../../domain/limits.ts';
import { atLeast } from '../../domain/role.ts';
import type { Channel } from '../../store/channels.ts';
import type { IntakeLink } from '../../store/intake.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage, type View } from '../page.tsx';
import { ChannelName, Mark } from '../ui/avatar.tsx';
import { CopyField } from '../ui/copy.tsx';
import { ActionButton } from '../ui/button.tsx';
import { FieldProblems, fieldId } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { Qr } from '../ui/copy.tsx';
import { Time } from '../words/time.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { SettingsTabs } from './tabs.tsx';

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
      title: 'Drafts by chat', current: '/settings', status: problems.length > 0 ? 422 : 200, islands: ['copy'],
      body: (view) => (
        <>
          <div class="page-head"><h1>Drafts by chat</h1></div>
          <SettingsTabs current="/settings/intake" operator={operator} />
          <p class="lead">Send a text, pictures or a video to the bot of this instance, and it becomes a draft in “{view.workspace.name}”. From the chat it can go to the next free slot, too.</p>
          {problems.some(({ field }) => field === '') && <ProblemList problems={problems.filter(({ field }) => field === '')} />}
          {atLeast(role, neededRole)
            ? sources.map((source) => <Source {...source} view={view} operator={operator} />)
            : <p>Only who may write posts here can send drafts. Ask an admin of this workspace.</p>}
          {sources.length === 0 && <p>No network of this instance takes drafts by chat.</p>}
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
    flash(reply, done ? `Unlinked. Your number at ${provider.name} is deleted here.` : 'Nothing was linked any more.');
    return reply.redirect('/settings/intake', 303);
  });

  server.post('/settings/intake/:provider/channels', { config: write }, async (request, reply) => {
    const provider = networkOf(request);
    if (!provider) return reply.callNotFound();
    const chosen = await chooseChannels(context, actorOf(request), provider, formOf(request.body).many('channel'));
    if (!chosen.ok) return page(request, reply, null, chosen.problems);
    flash(reply, 'Saved.');
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
  const { provider: { id, name, intake }, link, missing, made, invitedUntil, view: { csrf, workspace: { zone } }, operator } = props;
  const base = `/settings/intake/${id}`;
  return (
    <section class="intake" id={`intake-${id}`}>
      <div class="intake-head">
        <h2><Mark provider={id} /> {name}</h2>
        <span class={`setup-state ${link ? 'is-ready' : ''}`}>{link ? 'Linked' : missing ? 'Not set up' : invitedUntil === undefined ? 'Not linked' : 'Waiting for you to open the link'}</span>
      </div>
      {missing && <p>{operator ? <>It has no bot yet. <a href="/settings/networks">Set it up under Networks</a>.</> : 'It has no bot yet. Ask whoever runs this instance to set it up.'}</p>}
      {!missing && made && <MadeLink made={made} name={name} zone={zone} />}
      {!missing && !made && !link && (
        <>
          <p>Make a link and open it where you use {name}. It links that account of yours to you and to this workspace, until you unlink it.</p>
          <ActionButton action={`${base}/link`} csrf={csrf} kind="primary">{invitedUntil === undefined ? 'Make a link' : 'Make a new link'}</ActionButton>
          {invitedUntil !== undefined && <p class="help">The one made before is good until <Time at={invitedUntil} zone={zone} />, and ends with a new one. <a href="/settings/intake">Look again</a></p>}
        </>
      )}
      {link && <Linked {...props} link={link} base={base} />}
      {link && !made && !missing && <Commands name={name} takes={intake.takes} />}
    </section>
  );
}

function MadeLink({ made: { url, bot, until }, name, zone }: { made: Made; name: string; zone: string }) {
  return (
    <div class="intake-link">
      <Qr text={url} label={`Code that opens ${bot} in ${name}`} />
      <div>
        <ol class="steps">
          <li>Open the link on this device, or read the code with your phone.</li>
          <li>Press Start in the chat with {bot}.</li>
          <li>The bot answers with the name of this workspace. <a href="/settings/intake">Then look here again</a>.</li>
        </ol>
        <p><a class="button primary" href={url} rel="noopener noreferrer">Open {bot}</a></p>
        <CopyField name="intake-link" label="The link" value={url} />
        <p class="help">It is good once, until <Time at={until} zone={zone} />. Give it to nobody: whoever opens it sends drafts as you.</p>
      </div>
    </div>
  );
}

function Linked({ link, channels, networks, problems, provider: { name }, view: { csrf, workspace: { zone } }, base }: SourceProps & { link: IntakeLink; base: string }) {
  return (
    <>
      <p>Linked since <Time at={link.createdAt} zone={zone} />. Kept for it: your number at {name}, and nothing else of your account there.</p>
      {channels.length === 0
        ? <p>No channel is connected yet. <a href="/channels">Connect one</a>, then choose here where your drafts are to go.</p>
        : (
          <Form action={`${base}/channels`} csrf={csrf}>
            <fieldset class="targets" id={fieldId('channel')}>
              <legend>Where your drafts are to go</legend>
              {channels.map((channel) => (
                <label class="check">
                  <input type="checkbox" name="channel" value={channel.id} checked={link.channelIds.includes(channel.id)} /> <ChannelName channel={channel} provider={networks.get(channel.provider)} />
                </label>
              ))}
              <FieldProblems field="channel" problems={problems} />
            </fieldset>
            <button class="button primary">Save</button>
          </Form>
        )}
      <div class="intake-end">
        <ActionButton action={`${base}/unlink`} csrf={csrf} kind="danger">Unlink</ActionButton>
        <span class="help">Your number is deleted at once. Drafts stay.</span>
      </div>
    </>
  );
}

function Commands({ name, takes }: { name: string; takes: string }) {
  return (
    <details class="intake-help">
      <summary>What you can send and write in {name}</summary>
      <p>It takes {takes}.</p>
      <dl class="scopes">{commands.map(({ name: command, what }) => <div><dt><code>/{command}</code></dt><dd>{what}</dd></div>)}</dl>
    </details>
  );
}
