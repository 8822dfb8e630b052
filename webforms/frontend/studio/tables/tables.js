// The page of one decision table of a draft: edit it, save by itself, and hear at once what the check has to say.
import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn.css';
import '../studio.css';
import './tables.css';
import { offerKept } from '../comfort/kept.js';
import { Saving } from '../saving.js';
import { checking, mendingElsewhere, telling } from '../telling.js';
import { h } from './elements.js';
import { list } from './findings.js';
import { Marks } from './marks.js';
import { Panel } from './panel.js';
import { goBetween } from './panes.js';
import { addRow, copyRow, dropRow, hearKeys, moveRow } from './rows.js';
import { makeSheet, open, tableOf, writer } from './sheet.js';

const root = document.querySelector('[data-rd-studio]');
const part = (name) => document.querySelector(`[data-rd-${name}]`);
const catalogue = JSON.parse(document.getElementById('studio-catalogue').textContent);
const { words } = catalogue;
const language = document.documentElement.lang;
const canvas = part('canvas');
const sheet = makeSheet({ canvas, catalogue, language });
const marks = new Marks({ sheet, canvas, catalogue, language });
const panel = new Panel({ sheet, node: part('panel'), catalogue, marks });
let found = [], touched = false, settled = () => null;

const tell = telling(part, words);
const check = checking(root.dataset.check, (findings, said) => {
  found = findings;
  showFound();
  part('found').textContent = said;
});

// What is mended in this very table is drawn anew from the server, once what was drawn here is there.
const mendThere = mendingElsewhere(root.dataset, tell, () => check());
const mendHere = mendingElsewhere(root.dataset, tell, () => window.location.reload());
async function mend(finding) {
  if (!finding.here) return mendThere(finding);
  await settled();
  return mendHere(finding);
}

function showFound() {
  marks.show(found);
  list(found, part('findings'), { words, sheet, marks, address: root.dataset.desk, mend });
  panel.draw();
}

// What was changed before this page was opened is kept by the server; it comes into play until something is changed here.
const earlier = (way) => !touched && part('step').dataset[way] === 'yes';

function step(way, saving) {
  const stack = sheet.getActiveViewer().get('commandStack');
  if (!earlier(way)) return void stack[way]();
  const form = part('step');
  form.elements.do.value = way;
  form.elements.seen.value = saving.digest;
  return void form.submit();
}

const ACTS = {
  row_above: (viewer, row) => addRow(viewer, row, 0), row_below: (viewer, row) => addRow(viewer, row, 1), copy_row: copyRow, drop_row: dropRow,
  row_up: (viewer, row) => moveRow(viewer, row, -1), row_down: (viewer, row) => moveRow(viewer, row, 1),
};

function selectedRow(viewer) {
  const selected = viewer?.get('selection').get();
  return selected?.row ?? (selected?.cells ? selected : null);
}

function look() {
  const viewer = tableOf(sheet);
  const stack = sheet.getActiveViewer()?.get('commandStack');
  part('undo').disabled = !stack?.canUndo() && !earlier('undo');
  part('redo').disabled = !stack?.canRedo() && !earlier('redo');
  document.querySelectorAll('[data-rd-act]').forEach((button) => { button.disabled = !selectedRow(viewer); });
}

function act(name) {
  const viewer = tableOf(sheet);
  const rule = selectedRow(viewer);
  if (!rule) return;
  ACTS[name](viewer, rule);
  look();
}

function views() {
  const chooser = part('views'), all = sheet.getViews().filter(({ type }) => type !== 'drd' || sheet.getViews().length > 2);
  chooser.hidden = all.length < 2;
  root.classList.toggle('rd-sheet--many', all.length > 1);
  const called = ({ element, name, id }) => (language.startsWith('en') && element?.get?.('redress:en')) || name || id;
  chooser.replaceChildren(...all.map((view) => [view, called(view)]).map(([{ id, type }, name]) => h('option', { value: id, selected: id === sheet.getActiveView()?.id }, type === 'drd' ? words.overview : name)));
}

// Each kind of decision has an editor of its own; all of them are heard.
function hear(saving) {
  const listen = (viewer) => {
    viewer.get('eventBus').on('commandStack.changed', ({ trigger }) => {
      touched ||= trigger !== 'clear';
      look();
      if (trigger !== 'clear') saving.changed();
      panel.draw();
    });
    viewer.get('eventBus').on('commandStack.col.add.postExecuted', ({ context }) => panel.show(context.col));
    viewer.get('eventBus').on('selection.changed', ({ selection }) => { look(); panel.show(Array.isArray(selection) ? null : selection ?? null); });
  };
  sheet.on('viewer.created', ({ viewer }) => listen(viewer));
  sheet.on('views.changed', () => { views(); showFound(); look(); });
}

// A click anywhere in a cell begins to write in it; a heading has no cell, a click on it brings its column into the panel.
function hearClicks() {
  canvas.addEventListener('click', ({ target }) => {
    if (!target.closest('[contenteditable]')) target.closest('td[data-element-id]')?.querySelector('.feel-editor')?.click();
    const head = target.closest('th[data-col-id]');
    const viewer = tableOf(sheet);
    if (head && viewer) panel.show(viewer.get('elementRegistry').get(head.dataset.colId) ?? null);
  });
}

function wire(saving) {
  part('take-over').addEventListener('click', () => saving.now(true));
  part('save').addEventListener('click', () => saving.now());
  part('undo').addEventListener('click', () => step('undo', saving));
  part('redo').addEventListener('click', () => step('redo', saving));
  part('views').addEventListener('change', ({ target }) => sheet.open(sheet.getViews().find(({ id }) => id === target.value)));
  document.querySelectorAll('[data-rd-act]').forEach((button) => button.addEventListener('click', () => act(button.dataset.rdAct)));
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
    event.preventDefault();
    saving.now();
  });
  hearClicks();
  hearKeys(act);
  goBetween(canvas, part('panel'));
}

async function start() {
  const answer = await fetch(root.dataset.src);
  const xml = await answer.text();
  const digest = answer.headers.get('ETag').replaceAll('"', '');
  const saving = new Saving({ address: root.dataset.save, token: root.dataset.token, digest, place: `redress:${root.dataset.save}`, tell, saved: check });
  settled = () => (saving.dirty || saving.running ? saving.now() : null);
  hear(saving);
  const bringIn = async (text) => {
    await open(sheet, text);
    saving.write = await writer(sheet, text);
  };
  const { kept, current } = await saving.kept();
  await bringIn(current ? kept : xml);
  if (current) saving.takeUp();
  else if (kept) offerKept(part, { kept, use: async () => { await bringIn(kept); saving.takeUp(); }, drop: () => saving.forget() });
  wire(saving);
  views();
  look();
  panel.show(null);
  root.dataset.ready = 'yes';
  await check();
  const element = new URLSearchParams(window.location.search).get('element');
  if (element) marks.point({ element, about: [] });
}

start().catch((error) => {
  console.error(error);
  tell('unreadable');
  root.dataset.ready = 'failed';
});
