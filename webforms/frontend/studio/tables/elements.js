// Small pieces of the panel.
let last = 0;

export function h(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function control(label, node) {
  node.id = `sheet-panel-${++last}`;
  return h('div', { className: 'rd-sheet__control' }, h('label', { className: 'form-label', htmlFor: node.id }, label), node);
}

export const labelled = (label, value, change) =>
  control(label, h('input', { className: 'form-control', value: value ?? '', onchange: ({ target }) => change(target.value.trim()) }));

export function picker({ label, choices, chosen, change }) {
  const options = choices.map((choice) => h('option', { value: choice.value, selected: choice.value === chosen }, choice.label));
  return control(label, h('select', { className: 'form-select', onchange: ({ target }) => change(target.value) }, ...options));
}
