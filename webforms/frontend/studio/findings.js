// What the server's check finds stands on the element and in a list; a click on the one leads to the other, a button mends it.
import { canMend, mend } from './model/mending.js';
import { causesFirst } from './ordering.js';
import { renew } from './renewing.js';

const MARK = 'rd-finding-mark';

const levelOf = (found) => (found.some(({ level }) => level === 'error') ? 'error' : 'warning');

function shownOf(modeler, id) {
  const registry = modeler.get('elementRegistry');
  return id && (registry.get(id) ?? registry.find(({ businessObject, type }) => type === 'bpmn:Participant' && businessObject.processRef?.id === id));
}

export function goTo(modeler, id) {
  const element = shownOf(modeler, id);
  if (!element) return;
  modeler.get('selection', false)?.select(element);
  modeler.get('canvas').scrollToElement(element);
}

// Opens the panel where the answer is to be written.
function ask(modeler, { element, name }) {
  goTo(modeler, element);
  requestAnimationFrame(() => setTimeout(() => {
    const entry = document.querySelector(`[data-rd-panel] [data-entry-id="${CSS.escape(name)}"]`);
    entry?.scrollIntoView({ block: 'center' });
    entry?.querySelector('textarea, input, select, button')?.focus();
  }));
}

function button(words, act, style) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = style;
  made.textContent = words;
  made.addEventListener('click', act);
  return made;
}

export class FindingsList {
  // `mendElsewhere(finding)` mends what stands in another file.
  constructor({ modeler, list, words, desk, mendElsewhere }) {
    Object.assign(this, { modeler, list, words, desk, mendElsewhere });
    this.editable = Boolean(modeler.get('modeling', false));
  }

  show(found) {
    this.mark(found.filter(({ here, element }) => here && shownOf(this.modeler, element)));
    const ordered = causesFirst(found);
    renew(this.list, ordered.map((finding) => this.line(finding)), ordered);
    this.list.dataset.count = found.length;
  }

  mark(found) {
    const overlays = this.modeler.get('overlays');
    overlays.remove({ type: MARK });
    Map.groupBy(found, ({ element }) => element).forEach((some, id) => {
      const sign = button(String(some.length), () => this.reveal(id), `${MARK} ${MARK}--${levelOf(some)}`);
      sign.title = some.map(({ text, mend: way }) => `${text} ${way}`).join('\n');
      overlays.add(shownOf(this.modeler, id).id, MARK, { position: { top: -10, right: 10 }, html: sign });
    });
  }

  // Shows in the list what was found at an element.
  reveal(id) {
    goTo(this.modeler, id);
    const lines = [...this.list.children];
    lines.forEach((line) => line.classList.toggle('rd-studio__finding--chosen', line.dataset.element === id));
    lines.find((line) => line.dataset.element === id)?.scrollIntoView({ block: 'nearest' });
  }

  line(finding) {
    const row = document.createElement('li');
    row.className = `rd-studio__finding rd-studio__finding--${finding.level}`;
    row.dataset.element = finding.element ?? '';
    const level = document.createElement('span');
    level.className = 'rd-studio__level';
    level.textContent = this.words.levels[finding.level];
    const text = document.createElement('span');
    text.className = 'rd-studio__said';
    text.textContent = `${finding.text} ${finding.mend}`;
    row.append(level, text, ...this.mending(finding), this.place(finding));
    return row;
  }

  mending(finding) {
    const { mending, here } = finding;
    const element = mending && here && shownOf(this.modeler, mending.element);
    const style = 'btn btn-sm btn-outline-primary rd-studio__mend';
    if (!mending || !this.editable) return [];
    if (!here) return mending.elsewhere ? [button(mending.words, () => this.mendElsewhere(finding), style)] : [];
    if (!element) return [];
    if (mending.do === 'ask') return [button(mending.words, () => ask(this.modeler, mending), style)];
    return canMend(mending) ? [button(mending.words, () => { goTo(this.modeler, mending.element); mend(this.modeler, element, mending); }, style)] : [];
  }

  // One click leads to the place: on this drawing, or in the file where it stands.
  place({ here, file, title, element, name }) {
    const words = [here ? '' : title, name || element].filter(Boolean).join(' · ');
    if (here && shownOf(this.modeler, element)) return button(words, () => goTo(this.modeler, element), 'rd-studio__place');
    const way = document.createElement(here ? 'span' : 'a');
    way.className = 'rd-studio__place';
    way.textContent = words;
    if (!here) way.href = `${this.desk}?${new URLSearchParams({ file, ...(element && { element }) })}`;
    return way;
  }
}
