// Two states of a diagram side by side: panned and zoomed together, what differs in colour and by a sign, places on click.
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './changes.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { wheelOnlyWhenEntered } from '../../viewer/fit.js';
import { renameOnImport } from '../../viewer/state.js';
import { addTools } from '../../viewer/tools.js';
import { chinese } from '../../viewer/translate.js';
import { mark } from './marks.js';
import { alike, goTo } from './together.js';

async function source(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

async function drawn(box) {
  const state = JSON.parse(box.parentElement.querySelector('[data-rd-state]').textContent);
  const viewer = new NavigatedViewer({ container: box, additionalModules: box.dataset.lang === 'en' ? [] : [chinese] });
  renameOnImport(viewer, state.names);
  await viewer.importXML(await source(box.dataset.src));
  mark(viewer, state.marks);
  wheelOnlyWhenEntered(viewer, box);
  addTools(viewer, box);
  return viewer;
}

async function drawnOrSaid(box) {
  try {
    return await drawn(box);
  } catch (error) {
    console.error(error);
    box.replaceChildren(box.dataset.failed);
    return null;
  }
}

async function begin(drawings) {
  const boxes = [...drawings.querySelectorAll('[data-rd-side]')];
  const viewers = (await Promise.all(boxes.map(drawnOrSaid))).filter(Boolean);
  viewers.forEach((viewer) => viewer.get('canvas').zoom('fit-viewport', 'auto'));
  alike(viewers);
  if (drawings.dataset.rdFirst) goTo(viewers, [drawings.dataset.rdFirst]);
  document.querySelectorAll('[data-rd-at]').forEach((link) => {
    if (link.dataset.rdFile !== drawings.dataset.rdShown) return;
    link.addEventListener('click', (event) => {
      event.preventDefault();
      drawings.scrollIntoView({ block: 'nearest' });
      goTo(viewers, [link.dataset.rdAt, link.dataset.rdWas].filter(Boolean));
    });
  });
  drawings.dataset.ready = 'yes';
}

document.querySelectorAll('[data-rd-shown]').forEach(begin);
