// Two states of a file side by side: panned, zoomed and scrolled together, what differs in colour and by a sign, places on click.
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './changes.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { wheelOnlyWhenEntered } from '../../viewer/fit.js';
import { renameOnImport } from '../../viewer/state.js';
import { addTools } from '../../viewer/tools.js';
import { chinese } from '../../viewer/translate.js';
import { mark } from './marks.js';
import { walkThrough } from './places.js';
import { scrolledTogether, showCell, showRow } from './rows.js';
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

async function drawings(sheet) {
  const boxes = [...sheet.querySelectorAll('[data-rd-side]')];
  const viewers = (await Promise.all(boxes.map(drawnOrSaid))).filter(Boolean);
  viewers.forEach((viewer) => viewer.get('canvas').zoom('fit-viewport', 'auto'));
  alike(viewers);
  if (sheet.dataset.rdFirst) goTo(viewers, [sheet.dataset.rdFirst]);
  return (link) => {
    sheet.scrollIntoView({ block: 'nearest' });
    goTo(viewers, [link.dataset.rdAt, link.dataset.rdWas].filter(Boolean));
    return true;
  };
}

async function begin(sheet) {
  scrolledTogether(sheet);
  sheet.querySelectorAll('.rd-grids').forEach((grids) => {
    const cell = grids.querySelector('.rd-here .rd-grid__cell--changed') ?? grids.querySelector('.rd-grid__cell--changed');
    if (cell) showCell(cell.closest('tr'));
  });
  document.querySelector('[data-rd-changed] [data-rd-at][aria-current]')?.scrollIntoView({ block: 'nearest' });
  const show = sheet.querySelector('[data-rd-side]') ? await drawings(sheet) : (link) => showRow(sheet, link.dataset.rdAt);
  walkThrough(document, sheet, show);
  sheet.dataset.ready = 'yes';
}

document.querySelectorAll('[data-rd-shown]').forEach(begin);
document.querySelectorAll('[data-rd-copies]').forEach((link) => {
  link.hidden = !navigator.clipboard;
  link.addEventListener('click', async (event) => {
    event.preventDefault();
    await navigator.clipboard.writeText(window.location.href);
    link.textContent = link.dataset.rdCopies;
  });
});
