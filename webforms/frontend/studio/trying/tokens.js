// Tokens run on a diagram of the draft: the simulation switched on at once, its few words in the reader's language.
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import 'bpmn-js-token-simulation/assets/css/bpmn-js-token-simulation.css';
import './tokens.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import simulation from 'bpmn-js-token-simulation/lib/viewer.js';
import { renameOnImport } from '../../viewer/state.js';
import { addTools } from '../../viewer/tools.js';
import { chinese } from '../../viewer/translate.js';
import { guarded, tellFaults } from './guarded.js';
import { speakChinese } from './words.js';

async function source(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

function namesOf(box) {
  return JSON.parse(document.getElementById(box.dataset.names)?.textContent ?? '{}');
}

// The buttons at the elements show only when they can be pressed: close enough, and beginning where tokens begin.
const PRESSABLE = 0.75;

function lookClosely(viewer) {
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  if (canvas.zoom() >= PRESSABLE) return;
  const starts = viewer.get('elementRegistry').filter(({ type, parent }) => type === 'bpmn:StartEvent' && parent?.type !== 'bpmn:SubProcess');
  canvas.zoom(PRESSABLE);
  const [start] = starts.sort((one, other) => one.x - other.x);
  if (!start) return;
  const { outer } = canvas.viewbox();
  const [width, height] = [outer.width / PRESSABLE, outer.height / PRESSABLE];
  canvas.viewbox({ x: start.x - width / 5, y: start.y - height / 3, width, height });
}

// People and whatever an event can interrupt take their time: there a token waits, so that the event can come instead.
function waitWherePeopleDo(viewer) {
  const simulator = viewer.get('simulator');
  const drawn = viewer.get('elementRegistry').filter(({ waypoints, labelTarget }) => !waypoints && !labelTarget);
  const people = drawn.filter(({ type }) => type === 'bpmn:UserTask');
  const within = ({ businessObject: inner }, outer) => {
    for (let around = inner?.$parent; around; around = around.$parent) if (around === outer.businessObject) return true;
    return false;
  };
  // A part with people in it takes its time by itself.
  const interrupted = drawn.filter((element) => element.attachers?.length > 0 && !people.some((one) => within(one, element)));
  for (const element of [...people, ...interrupted]) simulator.waitAtElement(element);
}

// What is to be said of the drawing as a whole, before a token moves.
function begins(viewer, warnings, { unread, nowhere }) {
  if (warnings.length) return unread.replace('{n}', warnings.length);
  return viewer.get('simulator').findSubscriptions({}).length ? '' : nowhere;
}

async function run(box) {
  const inChinese = box.dataset.lang !== 'en';
  const viewer = new NavigatedViewer({ container: box, additionalModules: [simulation, guarded, ...(inChinese ? [chinese] : [])] });
  if (inChinese) speakChinese(box);
  renameOnImport(viewer, namesOf(box));
  const { warnings } = await viewer.importXML(await source(box.dataset.src));
  lookClosely(viewer);
  addTools(viewer, box);
  waitWherePeopleDo(viewer);
  viewer.get('toggleMode').toggleMode(true);
  tellFaults(viewer, document.querySelector('[data-rd-tokens-said]'), begins(viewer, warnings, box.dataset), box.dataset);
  box.dataset.ready = 'yes';
}

const box = document.querySelector('[data-rd-tokens]');
if (box) {
  run(box).catch((error) => {
    console.error(error);
    box.replaceChildren(box.dataset.failed);
    box.dataset.ready = 'failed';
  });
}
