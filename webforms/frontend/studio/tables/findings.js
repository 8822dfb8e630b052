// What the check finds below the table: a click leads to the rows, a gap is closed with a button.
import { causesFirst } from '../ordering.js';
import { renew } from '../renewing.js';
import { h } from './elements.js';
import { tableOf } from './sheet.js';

// The row that is missing stands at the end of its table, with every cell that the check worked out; one step to take back.
export function addMissing(viewer, cells) {
  const sheet = viewer.get('sheet'), modeling = viewer.get('modeling');
  const row = modeling.addRow({ type: 'dmn:DecisionRule' }, sheet.getRoot().rows.length);
  cells.forEach((text, at) => { row.cells[at].businessObject.text = text; });
  viewer.get('eventBus').fire('elements.changed', { elements: [row, ...row.cells] });
  return row;
}

function tableNamed(sheet, decision) {
  const viewer = tableOf(sheet);
  return viewer?.get('sheet').getRoot().businessObject.$parent.id === decision ? viewer : null;
}

// The rows that a finding speaks of, by their numbers; else what it is called.
function placeOf({ here, element, about, name, file }, { sheet, words }) {
  const rows = (here && tableOf(sheet)?.get('sheet').getRoot().rows) || [];
  const numbers = [element, ...about].map((id) => rows.findIndex((row) => [row, ...row.cells].some(({ businessObject }) => businessObject.id === id)));
  const said = [...new Set(numbers)].filter((at) => at >= 0).map((at) => words.rowPlace.replace('{n}', at + 1));
  // More than two are told by the sentence beside it.
  return (said.length > 2 ? `${said[0]} …` : said.join(' · ')) || name || element || file;
}

function way(finding, desk) {
  const { marks, address } = desk;
  const place = placeOf(finding, desk);
  if (finding.here) return finding.element ? h('button', { type: 'button', className: 'rd-studio__place', onclick: () => marks.point(finding) }, place) : h('span', { className: 'rd-studio__place' }, place);
  const query = new URLSearchParams({ file: finding.file, element: finding.element ?? '' });
  return h('a', { className: 'rd-studio__place', href: `${address}?${query}` }, `${finding.title} · ${place}`);
}

function line(finding, desk) {
  const { words, sheet, marks } = desk;
  const viewer = finding.here && finding.offer.length > 0 && tableNamed(sheet, finding.element);
  const mended = finding.mending?.elsewhere && h('button', { type: 'button', className: 'btn btn-sm btn-outline-primary', onclick: () => desk.mend(finding) }, finding.mending.words);
  const act = viewer && h('button', { type: 'button', className: 'btn btn-sm btn-outline-primary', onclick: () => { const row = addMissing(viewer, finding.offer); requestAnimationFrame(() => marks.point({ element: row.id, about: [] })); } }, words.addMissing);
  return h('li', { className: `rd-studio__finding rd-studio__finding--${finding.level}` },
    h('span', { className: 'rd-studio__level' }, words.levels[finding.level]), h('span', {}, `${finding.text} ${finding.mend}`), act, mended, way(finding, desk));
}

export function list(found, node, desk) {
  const ordered = causesFirst(found);
  renew(node, ordered.map((finding) => line(finding, desk)), ordered);
  node.dataset.count = found.length;
}
