import { frameTexts as t } from '../../domain/texts/pages/frame.ts';
import { initialsOf } from '../ui/avatar.tsx';
import { Form } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { Pop } from '../ui/menu.tsx';

export interface SwitcherProps {
  workspace: { id: string; name: string };
  /** Every workspace of this person, the present one included. */
  workspaces: readonly { id: string; name: string }[];
  csrf: string;
}

/** The present workspace on its stamp, and the way to another. */
export function Switcher({ workspace, workspaces, csrf }: SwitcherProps) {
  const others = workspaces.filter(({ id }) => id !== workspace.id);
  return (
    <Pop
      id="workspaces" class="switcher" popClass="pop-workspaces" title={workspace.name}
      face={<><Stamp name={workspace.name} /><span class="switcher-name folds"><span class="visually-hidden">{t.workspace} </span>{workspace.name}</span><span class="folds"><Icon name="workspace" /></span></>}
    >
      {others.length > 0 && (
        <Form action="/workspaces/switch" csrf={csrf}>
          <ul aria-label={t.otherWorkspaces}>{others.map(({ id, name }) => <li><button name="workspace" value={id}><Stamp name={name} /><span>{name}</span></button></li>)}</ul>
        </Form>
      )}
      <a href="/settings/members"><Icon name="members" />{t.members}</a>
      <a href="/workspaces/new"><Icon name="plus" />{t.newWorkspace}</a>
    </Pop>
  );
}

function Stamp({ name }: { name: string }) {
  return <span class="stamp" aria-hidden="true">{initialsOf(name).slice(0, 1)}</span>;
}
