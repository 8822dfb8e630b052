// Choices beside which something of one's own may be said: a department or an expression, a name used already or a new one.
import { h } from '@bpmn-io/properties-panel/preact';
import { useState } from '@bpmn-io/properties-panel/preact/hooks';
import { useTools } from './entries.js';
import { Feel } from './feel.js';

const INPUT = 'bio-properties-panel-input';
const OWN = '…';
const option = ({ value, label }) => h('option', { key: value, value }, label);
const help = (spec) => spec.help && h('div', { class: 'bio-properties-panel-description' }, spec.help);
const label = (id, spec) => h('label', { class: 'bio-properties-panel-label', for: id }, spec.label);

// spec: {id, label, words, empty, options() → [{value, label}], complete → [...], get(element) → text, set(text, tools, element)}
export function ChooseOrSay({ element, id, spec }) {
  const tools = useTools();
  const text = spec.get(element), options = spec.options();
  const [wanted, say] = useState(null);
  const own = wanted === element.id || (text !== '' && !options.some(({ value }) => value === text));
  const choose = (value) => {
    say(value === OWN ? element.id : null);
    if (value !== OWN) spec.set(value, tools, element);
  };
  return h('div', { class: 'bio-properties-panel-entry', 'data-entry-id': id },
    label(`choose-${id}`, spec),
    options.length > 0 && h('select', { id: `choose-${id}`, class: INPUT, value: own ? OWN : text, onChange: ({ target }) => choose(target.value) },
      option({ value: '', label: spec.empty }), options.map(option), option({ value: OWN, label: spec.words.byExpression })),
    (own || !options.length) && h(Feel, { id: options.length ? `say-${id}` : `choose-${id}`, rows: 1, value: text, label: spec.label, words: spec.words, options: spec.complete, set: (said) => spec.set(said, tools, element) }),
    help(spec));
}

// spec: {id, label, help, names → [name], get(element) → name, set(name, tools, element)}
export function Named({ element, id, spec }) {
  const tools = useTools();
  return h('div', { class: 'bio-properties-panel-entry', 'data-entry-id': id },
    label(`named-${id}`, spec),
    h('input', { id: `named-${id}`, class: INPUT, list: `names-${id}`, value: spec.get(element), onChange: ({ target }) => spec.set(target.value.trim(), tools, element) }),
    h('datalist', { id: `names-${id}` }, spec.names.map((value) => h('option', { key: value, value }))),
    help(spec));
}

// spec: {id, label, words, rows, complete, get, set}
export function Expression({ element, id, spec }) {
  const tools = useTools();
  return h('div', { class: 'bio-properties-panel-entry', 'data-entry-id': id },
    label(`feel-${id}`, spec),
    h(Feel, { id: `feel-${id}`, rows: spec.rows, value: spec.get(element), label: spec.label, words: spec.words, options: spec.complete, set: (said) => spec.set(said, tools, element) }),
    help(spec));
}
