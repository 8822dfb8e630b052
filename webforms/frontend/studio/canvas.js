// The drawing surface: bpmn-js with our panel, a map of the whole, everything at hand by keyboard, in the reader's language.
import Modeler from 'bpmn-js/lib/Modeler';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { BpmnPropertiesPanelModule } from 'bpmn-js-properties-panel';
import { CreateAppendAnythingModule } from 'bpmn-js-create-append-anything';
import minimap from 'diagram-js-minimap';
import clipboard from './comfort/clipboard.js';
import room from './comfort/room.js';
import searching from './comfort/searching.js';
import toolbox from './comfort/toolbox.js';
import { speaking } from './language.js';
import copies from './model/copies.js';
import { editedInEnglish, namesInEnglish } from './model/english.js';
import spiff from './model/spiff.json';
import { hideUnknown, showUnknown } from './model/kept.js';
import { keepReferences } from './model/loop.js';
import { lostBetween, parsed, putBack } from './model/lost.js';
import ownersGroups from './panel/provider.js';

const PALETTE = 124;
const ROOM = 16;
// Smaller than this nobody reads it on a telephone: the rest is a finger's push away.
const READABLE = 0.7;

const words = (language, english) => [language.startsWith('zh') ? speaking : english];

export function makeModeler({ canvas, panel, catalogue, language, place }) {
  return new Modeler({
    container: canvas,
    propertiesPanel: { parent: panel },
    // Typed text is written at once: a late write would land after later edits.
    debounceInput: false,
    catalogue,
    language,
    place,
    additionalModules: [BpmnPropertiesPanelModule, CreateAppendAnythingModule, minimap, clipboard, room, searching, toolbox, copies, ownersGroups, ...words(language, editedInEnglish)],
    moddleExtensions: { spiffworkflow: spiff },
  });
}

// The same drawing to read and not to touch.
export const makeViewer = ({ canvas, language }) =>
  new NavigatedViewer({ container: canvas, additionalModules: words(language, namesInEnglish), moddleExtensions: { spiffworkflow: spiff } });

export async function open(modeler, xml) {
  const { warnings } = await modeler.importXML(hideUnknown(xml));
  keepReferences(warnings, modeler.get('moddle'));
  fit(modeler, modeler.get('palette', false) ? 0 : READABLE);
}

// The whole drawing, never enlarged, with room on the left for the palette.
export function fit(modeler, least = 0) {
  const canvas = modeler.get('canvas');
  const left = modeler.get('palette', false) ? PALETTE : 0;
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(1, Math.max(least, Math.min((outer.width - left - 2 * ROOM) / inner.width, (outer.height - 2 * ROOM) / inner.height)));
  canvas.viewbox({
    x: inner.x - (left + ROOM) / scale, y: inner.y - Math.max(ROOM / scale, (outer.height / scale - inner.height) / 2),
    width: outer.width / scale, height: outer.height / scale,
  });
}

async function asModelled(modeler) {
  const { xml } = await modeler.saveXML({ format: true });
  return showUnknown(xml);
}

// A way to write what is drawn now, that loses nothing of what was opened.
export async function writer(modeler, opened) {
  const changes = lostBetween(parsed(opened), parsed(await asModelled(modeler)));
  return async () => putBack(await asModelled(modeler), changes);
}
