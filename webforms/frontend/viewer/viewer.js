// Shows diagrams: every element with data-src gets its BPMN drawn, with the state that its data-state script holds.
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './viewer.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { fit, wheelOnlyWhenEntered } from './fit.js';
import { addNotes } from './notes.js';
import { renameOnImport, showState } from './state.js';
import { addTools } from './tools.js';
import { chinese } from './translate.js';

function stateOf(box) {
  const script = box.dataset.state && document.getElementById(box.dataset.state);
  return script ? JSON.parse(script.textContent) : {};
}

async function source(address) {
  const answer = await fetch(address, { headers: { Accept: 'application/xml' } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

async function draw(box) {
  const state = stateOf(box);
  const viewer = new NavigatedViewer({ container: box, additionalModules: box.dataset.lang === 'en' ? [] : [chinese] });
  renameOnImport(viewer, state.names ?? {});
  await viewer.importXML(await source(box.dataset.src));
  showState(viewer, state);
  fit(viewer, state.active);
  wheelOnlyWhenEntered(viewer, box);
  addTools(viewer, box);
  addNotes(viewer, box, state.notes ?? {}, state.links ?? {});
  box.dataset.ready = 'yes';
}

async function drawOrSay(box) {
  try {
    await draw(box);
  } catch (error) {
    console.error(error);
    box.replaceChildren(box.dataset.failed ?? '');
    box.dataset.ready = 'failed';
  }
}

document.querySelectorAll('.rd-diagram__canvas[data-src]').forEach(drawOrSay);
