import type { ComponentChildren } from 'preact';
import type { Problem } from '../../domain/limits.ts';
import { keepText, retention } from '../../domain/retention.ts';
import type { Owned } from '../../store/privacy/owning.ts';
import { CheckField, fieldId, TextField } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';

/** What came back with a form; never the password. */
export interface Typed {
  atOnce: boolean;
  understood: boolean;
  /** Of the workspace. */
  name: string;
  successor: string;
  handOver: ReadonlyMap<string, string>;
}

interface DeleteProps {
  csrf: string;
  problems: readonly Problem[];
  typed: Typed;
  until: string;
}

export function DeleteAccountPage({ csrf, owned, needsSuccessor, problems, typed, until }: DeleteProps & { owned: readonly Owned[]; needsSuccessor: boolean }) {
  return (
    <>
      <GoesAndStays
        goes={[
          'Your name, e-mail address and password', 'Where you are logged in, and what you set for yourself',
          ...(owned.length > 0 ? ['Workspaces that nobody else owns, with all posts, media, channels and the access to them'] : []), 'Copies of your data that were made here',
        ]}
        stays={[
          ...billing, ['Posts you wrote in workspaces of others', 'They belong to the workspace. Your name is taken off them.'],
          ['What is out at the networks', 'Nobody but you can delete it there.'],
          ['That you asked for this, and when', 'To show that it was done. It no longer says who you were.'],
        ]}
      />
      <Form action="/settings/delete-account" csrf={csrf} class="deleting">
        <ProblemList problems={problems} />
        {owned.length > 0 && (
          <fieldset class="handing-over">
            <legend>Your workspaces</legend>
            <ul>
              {owned.map(({ id, name, others }) => (
                <li>
                  <label for={fieldId(`to.${id}`)}>{name}</label>
                  {others.length === 0 ? <p class="help">Nobody else is in it. It is deleted with your account.</p> : (
                    <>
                      <select name={`to.${id}`} id={fieldId(`to.${id}`)}>
                        <option value="">Delete it; {others.length === 1 ? 'the other person' : `the ${others.length} others`} in it will be told</option>
                        {others.map(({ userId, name: who, email }) => <option value={userId} selected={typed.handOver.get(id) === userId}>Hand it over to {who} ({email})</option>)}
                      </select>
                      <p class="help">Whoever gets it owns it from now on, also if you undo this.</p>
                    </>
                  )}
                </li>
              ))}
            </ul>
          </fieldset>
        )}
        {needsSuccessor && <TextField name="successor" label="Who shall run this instance" type="email" value={typed.successor} help="You are the only one who does, and others use it. The e-mail address of another account here; it runs the instance from now on." problems={problems} required />}
        <WhenAndProof until={until} typed={typed} problems={problems} />
        <div class="buttons"><button class="button danger">Delete my account</button><a class="button quiet" href="/settings/privacy">Keep it</a></div>
      </Form>
    </>
  );
}

export function DeleteWorkspacePage({ csrf, workspace, others, problems, typed, until }: DeleteProps & { workspace: { name: string }; others: Owned['others'] }) {
  return (
    <>
      <GoesAndStays
        goes={['All posts, drafts and media', 'All channels, and the access to them, which is also ended at the networks', 'The records of what was published', others.length === 0 ? 'The workspace itself' : `The workspace itself; the ${others.length === 1 ? 'other person' : `${others.length} others`} in it will be told`]}
        stays={[...billing, ['Your account', others.length === 0 ? 'Whoever has no other workspace gets an empty one.' : 'And the accounts of the others. Whoever has no other workspace gets an empty one.'], ['What is out at the networks', 'Nobody but you can delete it there.']]}
      />
      <Form action="/settings/delete-workspace" csrf={csrf} class="deleting">
        <ProblemList problems={problems} />
        <TextField name="name" label="Name of the workspace" value={typed.name} help={`Type it as it stands: ${workspace.name}`} problems={problems} autocomplete="off" required />
        <WhenAndProof until={until} typed={typed} problems={problems} />
        <div class="buttons"><button class="button danger">Delete this workspace</button><a class="button quiet" href="/settings/privacy">Keep it</a></div>
      </Form>
    </>
  );
}

const bills = retention.find(({ id }) => id === 'billing');
const billing: readonly [string, string][] = bills ? [[bills.what, `${keepText(bills)} They no longer say who you were.`]] : [];

function GoesAndStays({ goes, stays }: { goes: readonly string[]; stays: readonly (readonly [string, string])[] }) {
  return (
    <div class="goes-and-stays">
      <section><h2>What goes</h2><ul class="bullets">{goes.map((one) => <li>{one}</li>)}</ul></section>
      <section><h2>What stays, and why</h2><dl>{stays.map(([what, why]) => <div><dt>{what}</dt><dd>{why}</dd></div>)}</dl></section>
    </div>
  );
}

function WhenAndProof({ until, typed, problems }: { until: string; typed: Typed; problems: readonly Problem[] }) {
  return (
    <>
      <fieldset class="choosing">
        <legend>When</legend>
        <Choice value="later" checked={!typed.atOnce} label={`In 30 days; I can undo it until ${until}`}>
          Nothing is published from now on, and the access to your channels is not used. It is deleted with the rest; who wants it gone before disconnects the channels.
        </Choice>
        <Choice value="now" checked={typed.atOnce} label="At once">
          The access to your channels ends within seconds, the rest goes within minutes. What is on its way to a network at this moment may still arrive. There is no way back.
        </Choice>
        <CheckField name="understood" label="At once, and I know that nothing brings it back" checked={typed.understood} problems={problems} />
      </fieldset>
      <TextField name="password" label="Your password" type="password" help="So that nobody else does this on a device you left open." problems={problems} autocomplete="current-password" required />
    </>
  );
}

function Choice({ value, checked, label, children }: { value: string; checked: boolean; label: string; children: ComponentChildren }) {
  return (
    <div class="choice">
      <label class="check"><input type="radio" name="when" value={value} checked={checked} aria-describedby={`when-${value}`} /> {label}</label>
      <p class="help" id={`when-${value}`}>{children}</p>
    </div>
  );
}
