import type { Problem } from '../../domain/limits.ts';
import { channelTexts as t } from '../../domain/texts/pages/channels.ts';
import type { Field, Provider, Target } from '../../providers/contract.ts';
import type { Connection } from '../../store/channels/connections.ts';
import { Mark } from '../ui/avatar.tsx';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { CheckField, FieldProblems, TextField } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { safeHref } from '../words/links.ts';

export function ConnectForm({ provider, fields, typed, problems, csrf }: {
  provider: Provider; fields: readonly Field[]; typed: Record<string, string>; problems: readonly Problem[]; csrf: string;
}) {
  return (
    <div class="narrow">
      <h1><Mark provider={provider.id} /> {t.connectTitle(provider.name)}</h1>
      {provider.connect.kind === 'form' && <p class="lead">{provider.connect.help}</p>}
      <ProblemList problems={problems.filter(({ field }) => !fields.some(({ name }) => name === field))} />
      <Form action={`/channels/connect/${provider.id}`} csrf={csrf}>
        {['reconnect', 'back'].map((name) => typed[name] && <input type="hidden" name={name} value={typed[name]} />)}
        {fields.length === 0 && <p>{t.nothingToFill}</p>}
        {fields.map((field) => <ConnectField field={field} value={typed[field.name] ?? ''} problems={problems} />)}
        <Buttons><Button kind="primary">{t.connect}</Button> <ButtonLink kind="quiet" href={safeHref(typed['back']) ?? '/channels'}>{t.back}</ButtonLink></Buttons>
      </Form>
    </div>
  );
}

function ConnectField({ field: { name, label, help, kind, placeholder, required }, value, problems }: { field: Field; value: string; problems: readonly Problem[] }) {
  if (kind === 'checkbox') return <CheckField name={name} label={label} help={help} checked={value !== ''} problems={problems} />;
  return (
    <TextField
      name={name} label={label} help={help} placeholder={placeholder} required={required} value={value} problems={problems}
      type={kind === 'password' ? 'password' : 'text'} autocomplete="off"
    />
  );
}

/** A code to say to the bot. `note` is what came of looking whether it was said. */
export function LinkCode({ provider, code, bot, note, csrf }: {
  provider: Provider; code: string; bot: { name: string; url: string }; note: string | null; csrf: string;
}) {
  const steps = provider.connect.kind === 'bot' ? provider.connect.steps : [];
  const link = safeHref(bot.url);
  return (
    <div class="narrow">
      <h1><Mark provider={provider.id} /> {t.connectTitle(provider.name)}</h1>
      {note && <ProblemList problems={[{ field: '', message: note, level: 'warning' }]} />}
      <ol class="steps">{steps.map((step) => <li>{step.replaceAll('{bot}', bot.name).replaceAll('{code}', code)}</li>)}</ol>
      <p class="code" data-code><code>{code}</code></p>
      <p class="help">{t.codeHelp} {link && <a href={link} rel="noopener noreferrer">{t.openBot(bot.name)}</a>}</p>
      <Form action={`/channels/connect/${provider.id}/said`} csrf={csrf}>
        <input type="hidden" name="code" value={code} />
        <Button kind="primary">{t.codeDone}</Button>
      </Form>
    </div>
  );
}

/** From so many on there is a button that takes all of them. */
const manyTargets = 4;

export function PickTargets({ connection, provider, targets, chosen, problems, back, csrf }: {
  connection: Connection; provider: Provider; targets: readonly Target[]; /** What was chosen and refused. */ chosen: readonly string[]; problems: readonly Problem[]; back: string; csrf: string;
}) {
  return (
    <div class="narrow">
      <h1><Mark provider={provider.id} /> {t.pickHeading}</h1>
      <p class="lead">{t.pickLead(connection.accountName)}</p>
      <Form action={`/channels/pick/${connection.id}`} csrf={csrf}>
        {back !== '' && <input type="hidden" name="back" value={back} />}
        <FieldProblems field="target" problems={problems} />
        <ul class="rows">
          {targets.map(({ remoteId, name, handle }) => (
            <li class="row"><label class="check"><input type="checkbox" name="target" value={remoteId} checked={chosen.includes(remoteId)} /> {name} <span class="handle">{handle}</span></label></li>
          ))}
        </ul>
        <div class="buttons form-foot">
          <Button kind="primary">{t.pick}</Button>
          {targets.length >= manyTargets && <Button name="all" value="yes">{t.pickAll(targets.length)}</Button>}
        </div>
      </Form>
    </div>
  );
}
