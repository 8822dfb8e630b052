// What the table says in the reader's words, and what the check finds, stand at the cells themselves.
import { is } from 'dmn-js-shared/lib/util/ModelUtil';
import { said } from './cell.js';
import { tableOf } from './sheet.js';

const nodeOf = (canvas, id) => canvas.querySelector(`td[data-element-id="${CSS.escape(id)}"]`);
const headOf = (canvas, id) => canvas.querySelector(`th[data-col-id="${CSS.escape(id)}"]`);
const indexOf = (canvas, id) => canvas.querySelector(`td.rule-index[data-row-id="${CSS.escape(id)}"]`);

// What a column is about: a field of the procedure, if it asks or answers just that.
export function fieldOf(column, fields) {
  const key = is(column, 'dmn:InputClause') ? column.inputExpression?.text : column.name;
  return fields.find(({ value }) => value === key?.trim());
}

function put(node, name, value) {
  if (!node) return;
  if (value) node.dataset[name] = value;
  else delete node.dataset[name];
}

// Where a cell has other words than it is written in, they are heard as its name.
function hear(node, words) {
  if (!node) return;
  if (words) node.setAttribute('aria-label', words);
  else node.removeAttribute('aria-label');
  if (words && !node.hasAttribute('role')) node.setAttribute('role', 'textbox');
}

export class Marks {
  constructor({ sheet, canvas, catalogue, language }) {
    Object.assign(this, { sheet, canvas, catalogue, english: language.startsWith('en') });
    this.found = [];
    // The table draws itself anew as it pleases.
    new MutationObserver(() => this.soon()).observe(canvas, { childList: true, subtree: true, characterData: true });
  }

  soon() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => { this.waiting = 0; this.draw(); });
  }

  show(found) {
    this.found = found.filter(({ here, element }) => here && element);
    this.draw();
  }

  // What was found at an element, or is about it.
  at(id) {
    return this.found.filter(({ element, about }) => element === id || about.includes(id));
  }

  draw() {
    const viewer = tableOf(this.sheet);
    if (!viewer) return;
    const root = viewer.get('sheet').getRoot();
    this.title(root.businessObject.$parent);
    root.cols.forEach(({ businessObject }) => this.head(businessObject));
    root.rows.forEach((row) => {
      row.cells.forEach((cell, at) => this.cell(cell.businessObject, root.cols[at].businessObject));
      this.row(row.businessObject);
    });
  }

  title(decision) {
    const heading = this.canvas.querySelector('.decision-table-name'), own = this.english ? decision.get('redress:en') : '';
    put(heading, 'rdSaid', own);
    if (heading && own) heading.title = this.catalogue.words.named.replace('{name}', own);
    document.querySelectorAll('[aria-label="Decision table context menu"]').forEach((menu) => menu.setAttribute('aria-label', this.catalogue.words.menu));
    const numbers = this.canvas.querySelector('th.index-column:empty');
    // A label does not count as the text of a heading.
    numbers?.append(Object.assign(document.createElement('span'), { className: 'visually-hidden', textContent: this.catalogue.words.number }));
    this.canvas.querySelectorAll('th .dmn-icon-drag').forEach((grip) => { grip.title = this.catalogue.words.move; });
  }

  head(column) {
    const node = headOf(this.canvas, column.id);
    const own = this.english ? column.get('redress:en') : column.label;
    put(node, 'rdSaid', own || fieldOf(column, this.catalogue.fields)?.label);
    this.level(node, column.id);
  }

  cell(cell, column) {
    const node = nodeOf(this.canvas, cell.id);
    const words = said(cell.text, fieldOf(column, this.catalogue.fields), this.catalogue.words);
    put(node, 'rdSaid', words);
    hear(node?.querySelector('[contenteditable]'), words);
    this.level(node, cell.id);
  }

  row(rule) {
    const note = this.canvas.querySelector(`td.annotation[data-row-id="${CSS.escape(rule.id)}"]`);
    put(note, 'rdSaid', this.english ? rule.get('redress:en') : '');
    put(note, 'rdTold', this.at(rule.id).map(({ text }) => text).join('\n'));
    this.level(indexOf(this.canvas, rule.id), rule.id);
  }

  level(node, id) {
    const found = this.at(id);
    put(node, 'rdMark', found.length && (found.some(({ level }) => level === 'error') ? 'error' : 'warning'));
    if (found.length) node?.setAttribute('title', found.map(({ text, mend }) => `${text} ${mend}`).join('\n'));
    else node?.removeAttribute('title');
  }

  // Every place that a finding speaks of is brought out, the first of them into sight.
  point({ element, about }) {
    const nodes = [element, ...about].map((id) => indexOf(this.canvas, id) ?? nodeOf(this.canvas, id) ?? headOf(this.canvas, id)).filter(Boolean);
    this.canvas.querySelectorAll('[data-rd-shown]').forEach((node) => delete node.dataset.rdShown);
    nodes.forEach((node) => { (node.matches('.rule-index') ? node.parentElement : node).dataset.rdShown = 'yes'; });
    nodes[0]?.scrollIntoView({ block: 'center', inline: 'nearest' });
    (nodes[0]?.querySelector('[contenteditable]'))?.focus();
  }
}
