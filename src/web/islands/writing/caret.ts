/** What decides where a letter stands in a text area. */
const copied = ['fontFamily', 'fontSize', 'fontWeight', 'letterSpacing', 'lineHeight', 'paddingTop', 'paddingRight', 'paddingBottom', 'paddingLeft', 'borderTopWidth', 'borderRightWidth', 'borderBottomWidth', 'borderLeftWidth', 'boxSizing', 'tabSize', 'textIndent', 'wordSpacing'] as const;

/** Where the letter at `index` stands in the window: found with a copy of the text that can be measured. */
export function caretOf(field: HTMLTextAreaElement, index: number): Pick<DOMRect, 'left' | 'top' | 'bottom'> {
  const copy = document.createElement('div');
  const style = getComputedStyle(field);
  for (const name of copied) copy.style[name] = style[name];
  Object.assign(copy.style, { position: 'absolute', visibility: 'hidden', whiteSpace: 'pre-wrap', overflowWrap: 'break-word', width: `${field.offsetWidth}px`, top: '0', left: '0' });
  copy.textContent = field.value.slice(0, index);
  const mark = document.createElement('span');
  mark.textContent = field.value.slice(index, index + 1) || '.';
  copy.append(mark);
  document.body.append(copy);
  const at = { x: mark.offsetLeft, y: mark.offsetTop, height: mark.offsetHeight };
  copy.remove();
  const box = field.getBoundingClientRect();
  const top = box.top + at.y - field.scrollTop;
  return { left: box.left + at.x, top, bottom: top + at.height };
}
