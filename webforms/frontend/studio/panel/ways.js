// Below what is chosen stands the way to it: its file opened; a form that a task lacks is made by a button.
import { h } from '@bpmn-io/properties-panel/preact';
import { useState } from '@bpmn-io/properties-panel/preact/hooks';
import { readProperty, writeProperty } from '../model/extensions.js';
import { useTools } from './entries.js';

const inEntry = (id, ...inside) => h('div', { class: 'bio-properties-panel-entry rd-way-to', 'data-entry-id': id }, inside);

// spec: {id, label, options() → [{value, link}], get(element) → value}
export function WayTo({ element, id, spec }) {
  const link = spec.options().find(({ value }) => value === spec.get(element))?.link;
  return link ? inEntry(id, h('a', { href: link }, spec.label)) : null;
}

// A name that a file may have.
const nameFor = ({ id }) => id.toLowerCase().replace(/[^a-z0-9_]/g, '_').replace(/^[^a-z]+/, '');

// spec: {id, words, forms → [{value, label, link}], make(name) → address or null}
export function FormOf({ element, id, spec }) {
  const tools = useTools();
  const [refused, refuse] = useState(false);
  const { forms, words } = spec, object = element.businessObject;
  const form = forms.find(({ value }) => value === (readProperty(object, 'form') || object.id));
  if (form) return form.link ? inEntry(id, h('a', { href: form.link }, words.openForm)) : null;
  const make = async () => {
    const value = nameFor(object), link = await spec.make(value);
    refuse(!link);
    if (!link) return;
    forms.push({ value, label: object.name || value, link });
    writeProperty(element, object, tools, 'form', value);
  };
  return inEntry(id,
    h('button', { type: 'button', class: 'btn btn-sm btn-outline-secondary', onClick: make }, words.newForm),
    h('div', { class: 'bio-properties-panel-description', role: 'status' }, refused ? words.noNewForm : words.newFormHelp));
}

// The first thing that is read beside a drawing: how it is changed.
export function Lines({ id, spec }) {
  return inEntry(id, h('ul', { class: 'rd-panel-lines' }, spec.lines.map((line) => h('li', { key: line }, line))));
}
