// Several of a list: what is chosen stands as rows that can be taken away, what is left in a list below.
import { h } from '@bpmn-io/properties-panel/preact';
import { useTools } from './entries.js';

function Chosen({ label, hint, link, drop, words }) {
  return h('li', { class: 'rd-several__one' },
    h('span', { title: hint }, label),
    h('button', { type: 'button', class: 'rd-several__drop', onClick: drop, 'aria-label': `${words.drop} ${label}` }, '×'),
    hint && h('small', null, hint, link && h('a', { href: link }, words.toLimits)));
}

// spec: {id, label, words, get(element) → keys, set(keys, tools, element), options() → [{value, label, hint}], way: {label, link} to make one more}
export function Several({ element, id, spec }) {
  const tools = useTools();
  const chosen = spec.get(element), known = new Map(spec.options().map((option) => [option.value, option]));
  const left = [...known.values()].filter(({ value }) => !chosen.includes(value));
  const write = (list) => spec.set(list, tools, element);
  const add = (event) => event.target.value && write([...chosen, event.target.value]);
  return h('div', { class: 'bio-properties-panel-entry rd-several', 'data-entry-id': id },
    h('label', { class: 'bio-properties-panel-label', for: `several-${id}` }, spec.label),
    chosen.length > 0 && h('ul', null, chosen.map((value) => h(Chosen, {
      key: value, value, words: spec.words, label: known.get(value)?.label ?? value, hint: known.get(value)?.hint, link: known.get(value)?.link,
      drop: () => write(chosen.filter((one) => one !== value)),
    }))),
    left.length > 0 && h('select', { id: `several-${id}`, class: 'bio-properties-panel-input', value: '', onChange: add },
      h('option', { value: '' }, spec.words.add),
      left.map(({ value, label, hint }) => h('option', { key: value, value }, hint ? `${label} · ${hint}`.slice(0, 60) : label))),
    (spec.help || spec.way) && h('div', { class: 'bio-properties-panel-description' }, spec.help, ' ', spec.way && h('a', { href: spec.way.link }, spec.way.label)));
}
