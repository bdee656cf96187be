import type { ComponentChildren } from 'preact';
import type { Problem } from '../../domain/limits.ts';
import { keepText, retention } from '../../domain/promise/retention.ts';
import { leavingTexts as t } from '../../domain/texts/people/leaving.ts';
import type { Owned } from '../../store/privacy/owning.ts';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
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
          t.goesIdentity, t.goesSessions,
          ...(owned.length > 0 ? [t.goesWorkspaces] : []), t.goesCopies,
        ]}
        stays={[
          ...billing, [t.staysPosts, t.staysPostsWhy],
          [t.staysOut, t.staysOutWhy],
          [t.staysRecord, t.staysRecordWhy],
        ]}
      />
      <Form action="/settings/delete-account" csrf={csrf} class="deleting">
        <ProblemList problems={problems} />
        {owned.length > 0 && (
          <fieldset class="handing-over">
            <legend>{t.yourWorkspaces}</legend>
            <ul>
              {owned.map(({ id, name, others }) => (
                <li>
                  <label for={fieldId(`to.${id}`)}>{name}</label>
                  {others.length === 0 ? <p class="help">{t.nobodyElse}</p> : (
                    <>
                      <select name={`to.${id}`} id={fieldId(`to.${id}`)}>
                        <option value="">{t.deleteTelling(others.length)}</option>
                        {others.map(({ userId, name: who, email }) => <option value={userId} selected={typed.handOver.get(id) === userId}>{t.handOverTo(who, email)}</option>)}
                      </select>
                      <p class="help">{t.handOverHelp}</p>
                    </>
                  )}
                </li>
              ))}
            </ul>
          </fieldset>
        )}
        {needsSuccessor && <TextField name="successor" label={t.successor} type="email" value={typed.successor} help={t.successorHelp} problems={problems} required />}
        <WhenAndProof until={until} typed={typed} problems={problems} />
        <Buttons><Button kind="danger">{t.deleteMyAccount}</Button><ButtonLink kind="quiet" href="/settings/privacy">{t.keepIt}</ButtonLink></Buttons>
      </Form>
    </>
  );
}

export function DeleteWorkspacePage({ csrf, workspace, others, problems, typed, until }: DeleteProps & { workspace: { name: string }; others: Owned['others'] }) {
  return (
    <>
      <GoesAndStays
        goes={[t.goesContent, t.goesChannels, t.goesRecords, others.length === 0 ? t.workspaceItself : t.workspaceTelling(others.length)]}
        stays={[...billing, [t.staysAccount, others.length === 0 ? t.emptyOne : t.emptyOnes], [t.staysOut, t.staysOutWhy]]}
      />
      <Form action="/settings/delete-workspace" csrf={csrf} class="deleting">
        <ProblemList problems={problems} />
        <TextField name="name" label={t.workspaceName} value={typed.name} help={t.typeName(workspace.name)} problems={problems} autocomplete="off" required />
        <WhenAndProof until={until} typed={typed} problems={problems} />
        <Buttons><Button kind="danger">{t.deleteThisWorkspace}</Button><ButtonLink kind="quiet" href="/settings/privacy">{t.keepIt}</ButtonLink></Buttons>
      </Form>
    </>
  );
}

const bills = retention.find(({ id }) => id === 'billing');
const billing: readonly [string, string][] = bills ? [[bills.what, `${keepText(bills)} ${t.billsUnnamed}`]] : [];

function GoesAndStays({ goes, stays }: { goes: readonly string[]; stays: readonly (readonly [string, string])[] }) {
  return (
    <div class="goes-and-stays">
      <section><h2>{t.whatGoes}</h2><ul class="bullets">{goes.map((one) => <li>{one}</li>)}</ul></section>
      <section><h2>{t.whatStays}</h2><dl>{stays.map(([what, why]) => <div><dt>{what}</dt><dd>{why}</dd></div>)}</dl></section>
    </div>
  );
}

function WhenAndProof({ until, typed, problems }: { until: string; typed: Typed; problems: readonly Problem[] }) {
  return (
    <>
      <fieldset class="choosing">
        <legend>{t.when}</legend>
        <Choice value="later" checked={!typed.atOnce} label={t.later(until)}>
          {t.laterHelp}
        </Choice>
        <Choice value="now" checked={typed.atOnce} label={t.atOnce}>
          {t.atOnceHelp}
        </Choice>
        <CheckField name="understood" label={t.understood} checked={typed.understood} problems={problems} />
      </fieldset>
      <TextField name="password" label={t.password} type="password" help={t.passwordHelp} problems={problems} autocomplete="current-password" required />
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
