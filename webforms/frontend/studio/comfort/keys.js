// Keys that hold on the whole page, not on the drawing alone; "?" tells them.
const TYPING = 'input, textarea, select, [contenteditable]';

export function wireKeys(modeler, list, { save }) {
  const stack = modeler.get('commandStack');
  const anywhere = { s: save, f: () => modeler.get('searchPad').toggle() };
  const notWhileTyping = { z: () => stack.undo(), y: () => stack.redo(), Z: () => stack.redo() };
  const show = () => list.showModal();

  function meant({ key, ctrlKey, metaKey, target }) {
    const typing = target.closest(TYPING);
    if (ctrlKey || metaKey) return anywhere[key] ?? (typing ? null : notWhileTyping[key]);
    return key === '?' && !typing ? show : null;
  }

  // What the editor has heard already, because the drawing has the focus, is not done twice.
  document.addEventListener('keydown', (event) => {
    const act = event.defaultPrevented || list.open ? null : meant(event);
    if (!act) return;
    event.preventDefault();
    act();
  });
  return { show };
}
