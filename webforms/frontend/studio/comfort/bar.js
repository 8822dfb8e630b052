// The buttons above the drawing: each does one thing that a key does too, and is grey while there is nothing to do.
import { getMid } from 'diagram-js/lib/layout/LayoutUtil';
import { is } from 'bpmn-js/lib/util/ModelUtil';

const contains = ({ x, y, width, height }, point) => point.x > x && point.x < x + width && point.y > y && point.y < y + height;
const holds = (element) => (is(element, 'bpmn:Participant') && element.businessObject.processRef) || (is(element, 'bpmn:SubProcess') && !element.collapsed);

const away = (element, point) => Math.hypot(getMid(element).x - point.x, getMid(element).y - point.y);

// What lies under the middle of the screen and may hold something: the smallest such, else the drawing itself. Where pools are
// drawn a step can stand in one of them alone: the nearest.
function below(modeler, point) {
  const root = modeler.get('canvas').getRootElement();
  const holders = modeler.get('elementRegistry').filter((element) => element.width && holds(element));
  const around = holders.filter((element) => contains(element, point)).sort((one, other) => one.width * one.height - other.width * other.height);
  if (around.length || !is(root, 'bpmn:Collaboration') || modeler.get('clipboard').hasPool()) return { element: around[0] ?? root, point };
  const pools = holders.filter((element) => is(element, 'bpmn:Participant')).sort((one, other) => away(one, point) - away(other, point));
  return { element: pools[0], point: getMid(pools[0]) };
}

// Puts what was copied into the middle of what is seen.
export function paste(modeler) {
  const place = below(modeler, getMid(modeler.get('canvas').viewbox()));
  const before = new Set(modeler.get('elementRegistry').getAll());
  modeler.get('copyPaste').paste(place);
  modeler.get('selection').select(modeler.get('elementRegistry').filter((element) => !before.has(element) && !element.labelTarget));
}

export function wireBar(modeler, button) {
  const stack = modeler.get('commandStack'), selection = modeler.get('selection'), clipboard = modeler.get('clipboard');
  const chosen = () => selection.get().filter((element) => element.parent);
  const buttons = {
    undo: [() => stack.undo(), () => stack.canUndo()],
    redo: [() => stack.redo(), () => stack.canRedo()],
    cut: [() => modeler.get('copyPaste').cut(chosen()), () => chosen().length > 0],
    copy: [() => modeler.get('copyPaste').copy(chosen()), () => chosen().length > 0],
    paste: [() => paste(modeler), () => !clipboard.isEmpty()],
    // The search closes at any click, this one too once it has got about.
    find: [() => setTimeout(() => modeler.get('searchPad').toggle()), () => true],
    map: [() => modeler.get('minimap').toggle(), () => true],
  };
  const look = () => Object.entries(buttons).forEach(([name, [, possible]]) => { button(name).disabled = !possible(); });
  Object.entries(buttons).forEach(([name, [act]]) => button(name).addEventListener('click', () => { act(); look(); }));
  modeler.on(['commandStack.changed', 'selection.changed', 'copyPaste.elementsCopied'], () => look());
  // Another tab may have copied something meanwhile.
  window.addEventListener('storage', look);
  window.addEventListener('focus', look);
  look();
}
