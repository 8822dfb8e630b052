// The page of one diagram of a draft: draw, save by itself, and hear at once what the check has to say.
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import '@bpmn-io/properties-panel/assets/properties-panel.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import './studio.css';
import { makeModeler, open, written } from './canvas.js';
import { goTo, showFindings } from './findings.js';
import { Saving } from './saving.js';

const root = document.querySelector('[data-rd-studio]');
const part = (name) => root.querySelector(`[data-rd-${name}]`);
const catalogue = JSON.parse(document.getElementById('studio-catalogue').textContent);
const { words } = catalogue;
let checks = 0;
const modeler = makeModeler({ canvas: part('canvas'), panel: part('panel'), catalogue, language: document.documentElement.lang });

function tell(state, detail = {}) {
  const status = part('status');
  status.dataset.state = state;
  status.dataset.digest = detail.digest ?? '';
  status.textContent = detail.text ?? words.states[state].replace('{at}', detail.at ?? '');
  part('take-over').hidden = !(state === 'refused' && detail.may_take_over);
}

// What the rules say comes within a second; what trying it brings to light follows.
async function check() {
  const asked = ++checks;
  await ask(`${root.dataset.check}&first=1`, asked);
  await ask(root.dataset.check, asked);
}

async function ask(address, asked) {
  const answer = await fetch(address, { headers: { Accept: 'application/json' } });
  if (!answer.ok || asked !== checks) return;
  const { findings, said } = await answer.json();
  showFindings(modeler, findings, part('findings'), words);
  part('found').textContent = said;
}

const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done))));

async function start() {
  const answer = await fetch(root.dataset.src);
  const xml = await answer.text();
  const saving = new Saving({
    address: root.dataset.save, token: root.dataset.token, digest: answer.headers.get('ETag').replaceAll('"', ''),
    place: `redress:${root.dataset.save}`, write: () => written(modeler), tell, saved: check,
  });
  const kept = saving.kept();
  await open(modeler, kept ?? xml);
  modeler.on('commandStack.changed', () => saving.changed());
  part('take-over').addEventListener('click', () => saving.now(true));
  if (kept) saving.changed();
  part('save').addEventListener('click', () => saving.now());
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
    event.preventDefault();
    saving.now();
  });
  part('undo').addEventListener('click', () => modeler.get('commandStack').undo());
  part('redo').addEventListener('click', () => modeler.get('commandStack').redo());
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
