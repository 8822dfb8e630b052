// What the server's check finds stands on the element and in a list; a click on the one leads to the other.
const MARK = 'rd-finding-mark';

const levelOf = (found) => (found.some(({ level }) => level === 'error') ? 'error' : 'warning');

function mark(found) {
  const sign = document.createElement('span');
  sign.className = `${MARK} ${MARK}--${levelOf(found)}`;
  sign.textContent = found.length;
  sign.title = found.map(({ text, mend }) => `${text} ${mend}`).join('\n');
  return sign;
}

function shownOf(modeler, id) {
  const registry = modeler.get('elementRegistry');
  return id && (registry.get(id) ?? registry.find(({ businessObject, type }) => type === 'bpmn:Participant' && businessObject.processRef?.id === id));
}

export function goTo(modeler, id) {
  const element = shownOf(modeler, id);
  if (!element) return;
  modeler.get('selection').select(element);
  modeler.get('canvas').scrollToElement(element);
}

// One click leads to the place: on this drawing, or on the one where it stands.
function way(modeler, { here, file, element }) {
  if (here && shownOf(modeler, element)) {
    const button = document.createElement('button');
    button.addEventListener('click', () => goTo(modeler, element));
    return button;
  }
  if (here || !file.endsWith('.bpmn')) return document.createElement('span');
  const link = document.createElement('a');
  link.href = `?${new URLSearchParams({ file, element: element ?? '' })}`;
  return link;
}

function line(modeler, finding, words) {
  const row = document.createElement('li');
  row.className = `rd-studio__finding rd-studio__finding--${finding.level}`;
  const level = document.createElement('span');
  level.className = 'rd-studio__level';
  level.textContent = words.levels[finding.level];
  const text = document.createElement('span');
  text.textContent = `${finding.text} ${finding.mend}`;
  const place = way(modeler, finding);
  place.className = 'rd-studio__place';
  place.textContent = [finding.here ? '' : finding.file, finding.name || finding.element].filter(Boolean).join(' · ');
  row.append(level, text, place);
  return row;
}

export function showFindings(modeler, found, list, words) {
  const overlays = modeler.get('overlays');
  overlays.remove({ type: MARK });
  const byElement = Map.groupBy(found.filter(({ here, element }) => here && shownOf(modeler, element)), ({ element }) => element);
  byElement.forEach((some, id) => overlays.add(shownOf(modeler, id).id, MARK, { position: { top: -10, right: 10 }, html: mark(some) }));
  list.replaceChildren(...[...found].sort((one, other) => other.here - one.here).map((finding) => line(modeler, finding, words)));
  list.dataset.count = found.length;
}
