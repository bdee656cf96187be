import type { ComponentChildren, ComponentProps } from 'preact';
import { Form } from './form.tsx';
import { Icon, type IconName } from './icon.tsx';

interface ButtonLook {
  /** `primary` once on a page at most; `danger` for what cannot be taken back. */
  kind?: 'plain' | 'primary' | 'quiet' | 'danger';
  small?: boolean;
  icon?: IconName;
  /** What it is told apart by in styles and tests, beside its looks. */
  class?: string;
  children: ComponentChildren;
}

function classOf(kind: ButtonLook['kind'] = 'plain', small = false, own?: string): string {
  return ['button', ...(kind === 'plain' ? [] : [kind]), ...(small ? ['small'] : []), ...(own ? [own] : [])].join(' ');
}

/** A button: of the form around it, unless `type="button"` says that a script listens. */
export function Button({ kind, small, icon, class: own, children, ...rest }: ButtonLook & Omit<ComponentProps<'button'>, 'class' | 'className' | 'icon'>) {
  return <button class={classOf(kind, small, own)} {...rest}>{icon && <Icon name={icon} />}{children}</button>;
}

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function ButtonLink({ kind, small, icon, class: own, children, ...rest }: ButtonLook & { href: string; target?: '_blank'; rel?: string; id?: string; download?: boolean | string; title?: string }) {
  return <a class={classOf(kind, small, own)} {...rest}>{icon && <Icon name={icon} />}{children}</a>;
}

/** A button that is a form of its own. */
export function ActionButton({ action, csrf, fields = {}, kind = 'quiet', ...look }: ButtonLook & { action: string; csrf: string; fields?: Record<string, string> }) {
  return (
    <Form action={action} csrf={csrf} class="inline">
      {Object.entries(fields).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
      <Button kind={kind} {...look} />
    </Form>
  );
}

/** Buttons side by side. */
export function Buttons({ children }: { children: ComponentChildren }) {
  return <div class="buttons">{children}</div>;
}
