import { frameTexts as f, keyTexts as t } from '../../../domain/texts/pages/frame.ts';
import { Button } from '../../ui/button.tsx';
import { DialogBody, openDialog } from '../../ui/dialog.tsx';
import { areOn, turn } from './settings.ts';

const keys: [keys: string[], does: string][] = [
  [['c'], t.write], [['/'], t.helpSearch], [['j'], t.next], [['k'], t.before], [['x'], t.choose], [['z'], t.undo],
  [['n'], t.later], [['p'], t.earlier], [['t'], t.today],
  [['g', 'h'], f.home], [['g', 'c'], f.calendar], [['g', 'q'], t.scheduled], [['g', 'p'], f.posts], [['g', 'm'], f.media], [['g', 'n'], f.channels], [['g', 's'], f.settings],
  [['?'], t.list],
];

/** What the keys do, and the switch that turns them off. */
export function openHelp(): void {
  const dialog = openDialog(t.title);
  dialog.draw(
    <DialogBody title={t.title} buttons={<Button type="button" onClick={() => dialog.close()}>{t.close}</Button>}>
      <dl class="key-list">
        <div><dt><kbd>Ctrl</kbd> <kbd>K</kbd> {t.or} <kbd>⌘</kbd> <kbd>K</kbd></dt><dd>{t.anywhere}</dd></div>
        {keys.map(([list, does]) => <div><dt>{list.map((key) => <><kbd>{key}</kbd> </>)}</dt><dd>{does}</dd></div>)}
      </dl>
      <label class="check"><input type="checkbox" checked={areOn()} onChange={({ currentTarget }) => turn(currentTarget.checked)} /> {t.on}</label>
    </DialogBody>,
  );
  dialog.element.querySelector('button')?.focus();
}
