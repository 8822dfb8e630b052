// The page of one diagram of a draft: draw, save by itself, and hear at once what the check has to say.
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import '@bpmn-io/properties-panel/assets/properties-panel.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import './studio.css';
import { addTools } from '../viewer/tools.js';
import { fit, makeModeler, makeViewer, open, writer } from './canvas.js';
import { wireBar } from './comfort/bar.js';
import { offerKept } from './comfort/kept.js';
import { wireKeys } from './comfort/keys.js';
import { saveBeforeLeaving } from './comfort/leaving.js';
import { FindingsList, goTo } from './findings.js';
import { Saving } from './saving.js';
import { checking, making, mendingElsewhere, telling } from './telling.js';

const root = document.querySelector('[data-rd-studio]');
const part = (name) => document.querySelector(`[data-rd-${name}]`);
const button = (name) => root.querySelector(`[data-rd-do="${name}"]`);
const catalogue = JSON.parse(document.getElementById('studio-catalogue').textContent);
const { words } = catalogue;
catalogue.makeForm = making(root.dataset);
const language = document.documentElement.lang;
const wide = window.matchMedia('(min-width: 48rem)').matches;
const surface = { canvas: part('canvas'), panel: part('panel'), catalogue, language, place: root.dataset.save };
const modeler = wide ? makeModeler(surface) : makeViewer(surface);
const found = new FindingsList({ modeler, list: part('findings'), words, desk: root.dataset.desk, mendElsewhere });
const tell = telling(part, words);
const check = checking(root.dataset.check, (findings, said) => {
  found.show(findings);
  part('found').textContent = said;
});

const mendElsewhere = mendingElsewhere(root.dataset, tell, () => check());

const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done))));

async function edit(xml, digest) {
  const saving = new Saving({ address: root.dataset.save, token: root.dataset.token, digest, place: `redress:${root.dataset.save}`, tell, saved: check });
  const bringIn = async (text) => {
    await open(modeler, text);
    saving.write = await writer(modeler, text);
  };
  const { kept, current } = await saving.kept();
  await bringIn(current ? kept : xml);
  modeler.on('commandStack.changed', ({ trigger }) => trigger !== 'clear' && saving.changed());
  if (current) saving.takeUp();
  else if (kept) offerKept(part, { kept, use: async () => { await bringIn(kept); saving.takeUp(); }, drop: () => saving.forget() });
  part('take-over').addEventListener('click', () => saving.now(true));
  const { show } = wireKeys(modeler, part('keylist'), { save: () => saving.now() });
  button('save').addEventListener('click', () => saving.now());
  button('show-keys').addEventListener('click', show);
  saveBeforeLeaving(saving);
  modeler.on('room.made', () => fit(modeler));
  wireBar(modeler, button);
}

async function start() {
  const answer = await fetch(root.dataset.src);
  const xml = await answer.text();
  if (wide) await edit(xml, answer.headers.get('ETag').replaceAll('"', ''));
  else await open(modeler, xml);
  addTools(modeler, surface.canvas, () => fit(modeler));
  // The panel hears of what is selected only once it has been drawn itself.
  await painted();
  goTo(modeler, new URLSearchParams(window.location.search).get('element'));
  root.dataset.ready = 'yes';
  await check();
}

start().catch((error) => {
  console.error(error);
  tell('unreadable');
  root.dataset.ready = 'failed';
});
