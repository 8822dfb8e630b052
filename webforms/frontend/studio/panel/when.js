// The condition on a connection, as rows: a field, how it relates, a value in its own words; or as an expression.
import { h } from '@bpmn-io/properties-panel/preact';
import { useState } from '@bpmn-io/properties-panel/preact/hooks';
import { RELATIONS, readCondition, writeCondition } from '../model/condition.js';
import { useTools } from './entries.js';
import { Feel } from './feel.js';

const INPUT = 'bio-properties-panel-input';
const option = ({ value, label }) => h('option', { key: value, value }, label);

function Value({ row, field, words, change }) {
  if (['filled', 'empty'].includes(row.relation)) return null;
  const set = (value) => change({ ...row, value });
  if (row.relation === 'in') return h(Ticks, { row, field, set });
  const options = field?.choices ?? (field?.type === 'boolean' ? [{ value: 'true', label: words.yes }, { value: 'false', label: words.no }] : null);
  if (options) return h('select', { class: INPUT, value: row.value, 'aria-label': words.value, onChange: ({ target }) => set(target.value) }, option({ value: '', label: words.choose }), options.map(option));
  return h('input', { class: INPUT, value: row.value, 'aria-label': words.value, onChange: ({ target }) => set(target.value) });
}

function Ticks({ row, field, set }) {
  const chosen = [].concat(row.value || []);
  const toggle = (value) => set(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return h('div', { class: 'rd-when__ticks' }, (field?.choices ?? chosen.map((value) => ({ value, label: value }))).map(({ value, label }) =>
    h('label', { key: value }, h('input', { type: 'checkbox', checked: chosen.includes(value), onChange: () => toggle(value) }), ` ${label}`)));
}

const relations = (field) => RELATIONS.filter((one) => (field?.choices ? !['<', '<=', '>', '>='].includes(one) : one !== 'in'));

function Row({ row, fields, words, change, drop }) {
  const field = fields.find(({ value }) => value === row.field);
  return h('div', { class: 'rd-when__row' },
    h('select', { class: INPUT, value: row.field, 'aria-label': words.field, onChange: ({ target }) => change({ field: target.value, relation: '=', value: '' }) },
      option({ value: '', label: words.choose }), fields.map(option), row.field && !field && option({ value: row.field, label: row.field })),
    h('select', { class: INPUT, value: row.relation, 'aria-label': words.relation, onChange: ({ target }) => change({ ...row, relation: target.value, value: target.value === 'in' ? [] : '' }) },
      relations(field).map((value) => option({ value, label: words.relations[value] }))),
    h(Value, { row, field, words, change }),
    h('button', { type: 'button', class: 'rd-several__drop', onClick: drop, 'aria-label': words.drop }, '×'));
}

// spec: {id, label, words, fields() → [{value, label, type, choices}], get(element) → text, set(text, tools, element)}
export function When({ element, id, spec }) {
  const tools = useTools();
  const text = spec.get(element), { words } = spec, fields = spec.fields();
  const [unfinished, keep] = useState(null);
  const read = readCondition(text);
  const shown = unfinished?.text === text ? unfinished.shown : read;
  const typeOf = (key) => fields.find(({ value }) => value === key)?.type ?? 'text';
  const whole = ({ field, relation, value }) => field && (['filled', 'empty'].includes(relation) || (Array.isArray(value) ? value.length : value !== ''));
  const write = (next) => {
    const written = next.rows.every(whole) ? writeCondition(next, typeOf) : text;
    keep({ text: written, shown: next });
    if (written !== text) spec.set(written, tools, element);
  };
  const raw = h(Feel, { id: `when-${id}`, rows: 3, value: text, label: words.expression, words, options: spec.complete, set: (said) => spec.set(said, tools, element) });
  const change = (place, row) => write({ ...shown, rows: shown.rows.map((one, at) => (at === place ? row : one)) });
  return h('div', { class: 'bio-properties-panel-entry rd-when', 'data-entry-id': id },
    h('span', { class: 'bio-properties-panel-label' }, spec.label),
    shown && shown.rows.map((row, place) => h(Row, { key: place, row, fields, words, change: (next) => change(place, next), drop: () => write({ ...shown, rows: shown.rows.filter((_, at) => at !== place) }) })),
    shown && shown.rows.length > 1 && h('select', { class: INPUT, value: shown.join, 'aria-label': words.join, onChange: ({ target }) => write({ ...shown, join: target.value }) },
      option({ value: 'and', label: words.and }), option({ value: 'or', label: words.or })),
    shown && h('button', { type: 'button', class: 'btn btn-sm btn-outline-secondary', onClick: () => keep({ text, shown: { ...shown, rows: [...shown.rows, { field: '', relation: '=', value: '' }] } }) }, words.add),
    h('details', { open: !read }, h('summary', null, words.expression), raw, !read && h('p', { class: 'bio-properties-panel-description' }, words.beyond_rows)));
}
