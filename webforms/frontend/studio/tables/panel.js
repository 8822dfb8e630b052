// Beside the table: the cell that is selected, changed by choosing; its row and its column, in both languages.
import { is } from 'dmn-js-shared/lib/util/ModelUtil';
import { read, written } from './cell.js';
import { h, labelled, picker } from './elements.js';
import { fieldOf } from './marks.js';
import { tableOf } from './sheet.js';

const COMPARISONS = ['any', '=', '<', '<=', '>', '>=', 'range'];
const POLICIES = ['UNIQUE', 'FIRST', 'ANY', 'PRIORITY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'];
const TYPES = { boolean: 'boolean', number: 'number', money: 'number', date: 'date', datetime: 'dateTime', time: 'time' };
const NUMBERS = new Set(['number', 'money', 'integer', 'long', 'double']);
const truth = (words) => [{ value: 'true', label: words.yes }, { value: 'false', label: words.no }];

export class Panel {
  constructor({ sheet, node, catalogue, marks }) {
    Object.assign(this, { sheet, node, catalogue, words: catalogue.words, marks });
    this.selected = null;
  }

  get modeling() {
    return tableOf(this.sheet).get('modeling');
  }

  // `element` is a cell, a row or a column of the table, or nothing.
  show(element) {
    this.selected = element;
    this.draw();
  }

  draw() {
    const viewer = tableOf(this.sheet);
    if (!viewer || this.node.contains(document.activeElement)) return;
    const element = this.selected;
    const root = viewer.get('sheet').getRoot();
    const row = element?.row ?? (element?.cells && is(element, 'dmn:DecisionRule') ? element : null);
    const column = element?.col ?? (element && !row ? element : null);
    this.node.replaceChildren(...[
      !element && h('p', { className: 'rd-help' }, this.words.hint),
      element?.col && this.cell(element.businessObject, column.businessObject),
      row && this.row(row, root.rows.indexOf(row) + 1),
      column?.businessObject && this.column(column.businessObject, column, root.cols),
      this.table(root.businessObject),
    ].filter(Boolean));
  }

  found(...ids) {
    const found = ids.flatMap((id) => this.marks.at(id));
    return [...new Set(found)].map(({ text, mend, level }) => h('p', { className: `rd-sheet__found rd-sheet__found--${level}` }, h('strong', {}, this.words.levels[level]), ` ${text} ${mend}`));
  }

  cell(cell, column) {
    const field = fieldOf(column, this.catalogue.fields);
    return h('section', {}, h('h2', {}, this.words.cell), ...this.found(cell.id), this.control(cell, column, field));
  }

  control(cell, column, field) {
    const now = read(cell.text);
    const asks = is(cell, 'dmn:UnaryTests');
    const type = field?.type || (asks ? column.inputExpression?.typeRef : column.typeRef);
    const set = (wanted) => this.modeling.editCell(cell, written(wanted) || (asks ? '-' : ''));
    if (!now && cell.text.trim() !== 'null') return h('p', { className: 'rd-help' }, this.words.expression);
    const known = now ?? { relation: 'any', values: [] };
    if (field?.choices.length) return asks ? this.several(known, field.choices, set) : this.one(known, field.choices, 'in', set);
    if (type === 'boolean') return this.one(known, truth(this.words), 'is', set, asks ? this.words.anything : this.words.empty);
    if (NUMBERS.has(type) && asks) return this.compared(known, set);
    if (NUMBERS.has(type)) return h('input', { className: 'form-control', type: 'number', step: 'any', ariaLabel: this.words.value, value: known.values[0] ?? '', onchange: ({ target }) => set({ relation: '=', values: target.value ? [target.value] : [] }) });
    return h('p', { className: 'rd-help' }, this.words.write);
  }

  one(now, choices, relation, set, nothing = this.words.empty) {
    const chosen = now.values[0] ?? '';
    return picker({ label: this.words.value, choices: [{ value: '', label: nothing }, ...choices], chosen, change: (value) => set({ relation, values: value === '' ? [] : [value] }) });
  }

  several(now, choices, set) {
    const relations = ['any', 'in', 'not'].map((value) => ({ value, label: this.words.relations[value] }));
    const ticks = h('div', { className: 'rd-sheet__ticks', hidden: now.relation === 'any' });
    const relation = picker({
      label: this.words.relation, choices: relations, chosen: now.relation,
      change: (value) => { ticks.hidden = value === 'any'; write(); },
    });
    const write = () => set({ relation: relation.querySelector('select').value, values: [...ticks.querySelectorAll(':checked')].map(({ value }) => value) });
    ticks.append(...choices.map(({ value, label }) => h('label', {}, h('input', { type: 'checkbox', className: 'form-check-input', value, checked: now.values.includes(value), onchange: write }), ` ${label}`)));
    return h('div', {}, relation, ticks);
  }

  compared(now, set) {
    const number = (at, label) => h('input', { className: 'form-control', type: 'number', step: 'any', ariaLabel: label, value: now.values[at] ?? '', onchange: () => write() });
    const first = number(0, this.words.value), second = number(1, this.words.until);
    const relation = picker({ label: this.words.relation, choices: COMPARISONS.map((value) => ({ value, label: this.words.relations[value] })), chosen: now.relation, change: () => write() });
    const write = () => {
      const chosen = relation.querySelector('select').value;
      first.hidden = chosen === 'any';
      second.hidden = chosen !== 'range';
      const values = [first.value, ...(chosen === 'range' ? [second.value] : [])];
      if (chosen === 'any' || values.every((value) => value !== '')) set({ relation: chosen, values: chosen === 'any' ? [] : values });
    };
    first.hidden = now.relation === 'any';
    second.hidden = now.relation !== 'range';
    return h('div', {}, relation, first, second);
  }

  row(row, number) {
    const rule = row.businessObject;
    const move = (label, index) => h('button', { type: 'button', className: 'btn btn-sm btn-outline-secondary', disabled: !row.root.rows[index], onclick: () => this.modeling.moveRow(row, index) }, label);
    return h('section', {}, h('h2', {}, this.words.row.replace('{n}', number)), ...this.found(rule.id),
      labelled(this.words.noteZh, rule.description, (value) => this.modeling.editAnnotation(rule, value)),
      labelled(this.words.noteEn, rule.get('redress:en'), (value) => this.modeling.updateProperties(rule, { 'redress:en': value || undefined })),
      h('p', { className: 'd-flex gap-2' }, move(this.words.up, number - 2), move(this.words.down, number)));
  }

  column(column, drawn, all) {
    return h('section', {}, h('h2', {}, this.words.column), ...this.found(column.id), this.about(column),
      labelled(this.words.headingZh, column.label, (value) => this.modeling.updateProperties(column, { label: value || undefined })),
      labelled(this.words.headingEn, column.get('redress:en'), (value) => this.modeling.updateProperties(column, { 'redress:en': value || undefined })),
      this.columns(column, drawn, all));
  }

  // Another of its kind beside it, or this one gone; the last of its kind stays.
  columns(column, drawn, all) {
    const type = column.$type, at = all.indexOf(drawn);
    const alone = all.filter(({ businessObject }) => businessObject.$type === type).length < 2;
    const button = (label, change, disabled = false) => h('button', { type: 'button', className: 'btn btn-sm btn-outline-secondary', disabled, onclick: () => this.goOn(change) }, label);
    return h('p', { className: 'd-flex flex-wrap gap-2' },
      button(this.words.columnLeft, () => this.modeling.addCol({ type }, at)),
      button(this.words.columnRight, () => this.modeling.addCol({ type }, at + 1)),
      button(this.words.dropColumn, () => this.modeling.removeCol(drawn), alone));
  }

  // Nothing is drawn under somebody who writes here: the panel is left for the change, and entered anew after it.
  goOn(change) {
    document.activeElement?.blur();
    tableOf(this.sheet).get('selection').deselect();
    this.selected = null;
    change();
    this.node.querySelector('select')?.focus();
  }

  about(column) {
    const asks = is(column, 'dmn:InputClause');
    const now = (asks ? column.inputExpression?.text : column.name) ?? '';
    const other = this.catalogue.fields.some(({ value }) => value === now) ? [] : [{ value: now, label: now || this.words.otherExpression }];
    const write = (value) => this.becomes(column, this.catalogue.fields.find((field) => field.value === value), value);
    return picker({ label: asks ? this.words.asks : this.words.answers, choices: [...other, ...this.catalogue.fields], chosen: now, change: write });
  }

  // A column about another field takes the field's type and names; one step to take back.
  becomes(column, field, value) {
    const typeRef = TYPES[field?.type] ?? 'string';
    const names = field ? { label: field.zh, 'redress:en': field.en } : {};
    const about = is(column, 'dmn:InputClause') ? { inputExpression: { text: value, typeRef } } : { name: value, typeRef };
    this.modeling.updateProperties(column, { ...names, ...about });
  }

  table(table) {
    const decision = table.$parent;
    const policies = POLICIES.map((value) => ({ value, label: this.words.policies[value] }));
    return h('section', {}, h('h2', {}, this.words.table), ...this.found(decision.id, table.id),
      picker({ label: this.words.policy, choices: policies, chosen: table.get('hitPolicy'), change: (value) => this.modeling.editHitPolicy(value, undefined) }),
      labelled(this.words.nameZh, decision.name, (value) => this.modeling.editDecisionTableName(value)),
      labelled(this.words.nameEn, decision.get('redress:en'), (value) => this.modeling.updateProperties(decision, { 'redress:en': value || undefined })));
  }
}
