// The drawing surface: bpmn-js with our panel, a map of the whole, everything at hand by keyboard, in the reader's language.
import Modeler from 'bpmn-js/lib/Modeler';
import { BpmnPropertiesPanelModule } from 'bpmn-js-properties-panel';
import { CreateAppendAnythingModule } from 'bpmn-js-create-append-anything';
import minimap from 'diagram-js-minimap';
import { speaking } from './language.js';
import spiff from './model/spiff.json';
import { hideUnknown, showUnknown } from './model/kept.js';
import ownersGroups from './panel/provider.js';

const PALETTE = 112;
const ROOM = 16;

export function makeModeler({ canvas, panel, catalogue, language }) {
  return new Modeler({
    container: canvas,
    propertiesPanel: { parent: panel },
    // Typed text is written at once: a late write would land after later edits.
    debounceInput: false,
    catalogue,
    additionalModules: [
      BpmnPropertiesPanelModule, CreateAppendAnythingModule, minimap, ownersGroups,
      ...(language.startsWith('zh') ? [speaking(catalogue.words.editor)] : []),
    ],
    moddleExtensions: { spiffworkflow: spiff },
  });
}

export async function open(modeler, xml) {
  const { warnings } = await modeler.importXML(hideUnknown(xml));
  fitBesidePalette(modeler.get('canvas'));
  return warnings;
}

// The whole drawing, never enlarged, with room on the left for the palette.
function fitBesidePalette(canvas) {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(1, (outer.width - PALETTE - 2 * ROOM) / inner.width, (outer.height - 2 * ROOM) / inner.height);
  canvas.viewbox({
    x: inner.x - (PALETTE + ROOM) / scale, y: inner.y - (outer.height / scale - inner.height) / 2,
    width: outer.width / scale, height: outer.height / scale,
  });
}

export async function written(modeler) {
  const { xml } = await modeler.saveXML({ format: true });
  return showUnknown(xml);
}
